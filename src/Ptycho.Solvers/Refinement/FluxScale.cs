using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Refinement;

/// <summary>The scale of data of an unknown unit.</summary>
internal static class FluxScale
{
    /// <summary>
    /// √(Σ w a²/Σ w |F P o|²): by the energies, which no error of phases or of detail changes (Parseval).
    /// </summary>
    internal static double Gain(Measurement measurement, ScanPattern positions, ComplexField obj)
    {
        var data = measurement.Data;
        var size = data.Height * data.Width;
        var model = new FrameOperator(measurement.Probe, positions, obj.Height, obj.Width);
        var (re, im) = (new float[model.FarFieldLength], new float[model.FarFieldLength]);
        var amplitudes = new float[size];
        var (measured, expected) = (0.0, 0.0);
        for (var k = 0; k < data.FrameCount; k++)
        {
            var weight = data.Mask?.FrameWeight(k) ?? 1;
            if (weight == 0)
                continue;
            model.Forward(obj, k, re, im);
            data.CopyAmplitudes(k, amplitudes);
            for (var i = 0; i < re.Length; i++)
            {
                var w = weight * (data.Mask?.PixelWeights[i % size] ?? 1);
                expected += w * ((double)re[i] * re[i] + (double)im[i] * im[i]);
                if (i < size)
                    measured += w * (double)amplitudes[i] * amplitudes[i];
            }
        }
        return Math.Sqrt(measured / expected);
    }

    /// <summary>The measurement with all amplitudes times a factor, and the counts per unit that this means.</summary>
    internal static Measurement Scaled(Measurement measurement, double factor)
    {
        var data = measurement.Data;
        var power = data.Unit == DiffractionUnit.Amplitude ? factor : factor * factor;
        var values = new float[data.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(data.Values[i] * power);
        var unit = data.Unit == DiffractionUnit.Counts ? DiffractionUnit.Intensity : data.Unit;
        var counts = data.CountsPerUnit / (factor * factor);
        return new Measurement(
            new DiffractionData(values, data.FrameCount, data.Height, data.Width, unit, counts, data.Mask),
            measurement.Positions,
            measurement.Probe,
            measurement.ObjectHeight,
            measurement.ObjectWidth
        )
        {
            Dropped = measurement.Dropped,
        };
    }
}
