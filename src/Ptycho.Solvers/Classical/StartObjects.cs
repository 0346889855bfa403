using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical;

/// <summary>Makes and checks the object that a solver starts from.</summary>
internal static class StartObjects
{
    /// <summary>
    /// The value of a constant object to start from where none is given, and the factor on a probe that is refined (1 on
    /// a known one).
    /// </summary>
    public static (double Constant, double ProbeScale) Choose(
        Measurement measurement,
        double amplitudeEnergy,
        StartObject start,
        ComplexField? given,
        float[] illumination,
        bool refine
    )
    {
        if (given is null)
        {
            var value = start == StartObject.Unit ? 1 : DataScale(amplitudeEnergy, illumination);
            return refine ? (1, value) : (value, 1);
        }

        if (given.Height != measurement.ObjectHeight || given.Width != measurement.ObjectWidth)
            throw new ArgumentException(
                $"The initial object is {given.Height}×{given.Width}; the measurement's object is "
                    + $"{measurement.ObjectHeight}×{measurement.ObjectWidth}.",
                nameof(given)
            );
        FiniteCheck.Require(given, nameof(given));
        return (0, 1);
    }

    /// <summary>diag(AᴴA) of some frames, with which the largest stable step is found; checked to be above 0 somewhere.</summary>
    public static float[] Illumination(Measurement measurement, IEnumerable<int>? frames = null)
    {
        var positions = frames is null
            ? measurement.Positions
            : new ScanPattern(frames.Select(k => measurement.Positions[k]));
        var (height, width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        var illumination = new FrameOperator(measurement.Probe, positions, height, width).Illumination();
        if (TensorPrimitives.Max<float>(illumination) == 0)
            throw new ArgumentException("No window illuminates the object.", nameof(measurement));
        return illumination;
    }

    private static double DataScale(double amplitudeEnergy, float[] illumination)
    {
        var energy = 0.0;
        foreach (var value in illumination)
            energy += value;
        return Math.Sqrt(amplitudeEnergy / energy);
    }
}
