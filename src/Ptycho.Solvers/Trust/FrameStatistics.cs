using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Trust;

/// <summary>How an object explains each frame: its squared misfit, the measured power, and the misfit that noise alone gives.</summary>
internal sealed class FrameStatistics
{
    private readonly double[] _misfits;
    private readonly double[] _powers;
    private readonly double[]? _noises;

    private FrameStatistics(double[] misfits, double[] powers, double[]? noises) =>
        (_misfits, _powers, _noises) = (misfits, powers, noises);

    /// <summary>‖|Ψ_k| − a_k‖/√(Σ_j‖a_j‖²/K) of every frame.</summary>
    internal IReadOnlyList<double> Misfits
    {
        get
        {
            var mean = _powers.Sum() / _powers.Length;
            return [.. _misfits.Select(m => Math.Sqrt(m / mean))];
        }
    }

    /// <summary>
    /// χ²_k = Σ w(|Ψ| − a)²/Σ w V, V being what counting gives at the model's intensity; NaN where the frame has no weight,
    /// and null where the counts are not known.
    /// </summary>
    internal IReadOnlyList<double>? ChiSquares =>
        _noises is null ? null : [.. _misfits.Select((m, k) => _noises[k] > 0 ? m / _noises[k] : double.NaN)];

    /// <summary>Statistics of an object under a probe at positions.</summary>
    internal static FrameStatistics Of(Measurement measurement, ComplexField obj, Probe probe, ScanPattern positions)
    {
        var data = measurement.Data;
        var size = data.Height * data.Width;
        var model = new FrameOperator(probe, positions, obj.Height, obj.Width);
        var (re, im) = (new float[model.FarFieldLength], new float[model.FarFieldLength]);
        var amplitudes = new float[size];
        var (misfits, powers) = (new double[data.FrameCount], new double[data.FrameCount]);
        var noises = data.CountsPerUnit is null ? null : new double[data.FrameCount];
        for (var k = 0; k < data.FrameCount; k++)
        {
            var weight = data.Mask?.FrameWeight(k) ?? 1;
            if (weight == 0)
                continue;
            model.Forward(obj, k, re, im);
            data.CopyAmplitudes(k, amplitudes);
            (misfits[k], powers[k], var noise) = Sum(data, weight, re, im, amplitudes);
            if (noises is not null)
                noises[k] = noise;
        }
        return new FrameStatistics(misfits, powers, noises);
    }

    // The noise is 0 where the counts are not known.
    private static (double Misfit, double Power, double Noise) Sum(
        DiffractionData data,
        double weight,
        ReadOnlySpan<float> re,
        ReadOnlySpan<float> im,
        ReadOnlySpan<float> amplitudes
    )
    {
        var weights = data.Mask is null ? default : data.Mask.PixelWeights.AsSpan();
        var rootCounts = Math.Sqrt(data.CountsPerUnit ?? 0);
        var (misfit, power, noise) = (0.0, 0.0, 0.0);
        for (var i = 0; i < amplitudes.Length; i++)
        {
            var w = weights.IsEmpty ? weight : weight * weights[i];
            if (w == 0)
                continue;
            var intensity = 0.0;
            for (var at = i; at < re.Length; at += amplitudes.Length)
                intensity += (double)re[at] * re[at] + (double)im[at] * im[at];
            var (model, measured) = (Math.Sqrt(intensity), (double)amplitudes[i]);
            misfit += w * (model - measured) * (model - measured);
            power += w * measured * measured;
            if (rootCounts > 0)
                noise += w * CountingVariance.OfRoot(model * rootCounts);
        }
        return (misfit, power, rootCounts > 0 ? noise / (rootCounts * rootCounts) : 0);
    }

    /// <summary>Relative amplitude residual over some of the frames.</summary>
    internal double Residual(IEnumerable<int> frames)
    {
        var (misfit, power) = (0.0, 0.0);
        foreach (var k in frames)
        {
            misfit += _misfits[k];
            power += _powers[k];
        }
        return power > 0 ? Math.Sqrt(misfit / power) : double.NaN;
    }

    /// <summary>χ² over some of the frames, or null where the counts are not known.</summary>
    internal double? ChiSquare(IEnumerable<int> frames)
    {
        if (_noises is null)
            return null;
        var (misfit, noise) = (0.0, 0.0);
        foreach (var k in frames)
        {
            misfit += _misfits[k];
            noise += _noises[k];
        }
        return noise > 0 ? misfit / noise : null;
    }
}
