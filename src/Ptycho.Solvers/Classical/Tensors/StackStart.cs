using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Propagation;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>What a solver needs of one measurement before it starts; the same rules as for the managed solvers.</summary>
/// <param name="Object">The object to start from.</param>
/// <param name="AmplitudeEnergy">Σ w·a² over all frames.</param>
/// <param name="LargestStep">1/max_r Σ_k|P_k(r)|².</param>
internal sealed record StackStart(ComplexField Object, double AmplitudeEnergy, double LargestStep)
{
    public static StackStart Of(Measurement measurement, StartObject start, ComplexField? given)
    {
        var (height, width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        if (given is not null && (given.Height != height || given.Width != width))
            throw new ArgumentException(
                $"The initial object is {given.Height}×{given.Width}; the measurement's object is {height}×{width}.",
                nameof(given)
            );
        if (given is not null)
            FiniteCheck.Require(given, nameof(given));
        var illumination = new FrameOperator(measurement).Illumination();
        var largest = TensorPrimitives.Max<float>(illumination);
        if (largest == 0)
            throw new ArgumentException("No window illuminates the object.", nameof(measurement));
        var energy = Energy(measurement.Data);
        var light = 0.0;
        foreach (var value in illumination)
            light += value;
        var scale = start == StartObject.Unit ? 1 : Math.Sqrt(energy / light);
        return new StackStart(given ?? ComplexField.Constant(height, width, scale), energy, 1 / (double)largest);
    }

    private static double Energy(DiffractionData data)
    {
        var amplitudes = new float[data.Height * data.Width];
        var total = 0.0;
        for (var frame = 0; frame < data.FrameCount; frame++)
        {
            data.CopyAmplitudes(frame, amplitudes);
            var energy = 0.0;
            for (var i = 0; i < amplitudes.Length; i++)
                energy += (double)amplitudes[i] * amplitudes[i] * (data.Mask?.PixelWeights[i] ?? 1);
            total += energy * (data.Mask?.FrameWeight(frame) ?? 1);
        }

        return total;
    }
}
