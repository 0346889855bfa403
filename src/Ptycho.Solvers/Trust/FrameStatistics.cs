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
            for (var i = 0; i < size; i++)
            {
                var w = weight * (data.Mask?.PixelWeights[i] ?? 1);
                if (w == 0)
                    continue;
                var intensity = 0.0;
                for (var at = i; at < re.Length; at += size)
                    intensity += (double)re[at] * re[at] + (double)im[at] * im[at];
                var error = Math.Sqrt(intensity) - amplitudes[i];
                misfits[k] += w * error * error;
                powers[k] += w * (double)amplitudes[i] * amplitudes[i];
                if (noises is not null)
                    noises[k] += w * CountingVariance.Of(intensity * data.CountsPerUnit!.Value);
            }
            if (noises is not null)
                noises[k] /= data.CountsPerUnit!.Value;
        }
        return new FrameStatistics(misfits, powers, noises);
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
