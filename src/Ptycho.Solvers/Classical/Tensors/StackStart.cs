using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>What a solver needs of one measurement before it starts; the same rules as for the managed solvers.</summary>
/// <param name="Split">The frames used, and those held out.</param>
/// <param name="Object">The object to start from.</param>
/// <param name="ProbeScale">The factor on a probe that is refined; 1 on a known one.</param>
/// <param name="Energies">Σ w·a² of every frame.</param>
/// <param name="LargestStep">1/max_r Σ_k|P_k(r)|² over the frames used.</param>
internal sealed record StackStart(
    FrameSplit Split,
    ComplexField Object,
    double ProbeScale,
    double[] Energies,
    double LargestStep
)
{
    /// <summary>Σ w·a² over the frames used.</summary>
    public double AmplitudeEnergy { get; } = Split.Used.Sum(frame => Energies[frame]);

    /// <summary>The same over those held out.</summary>
    public double HeldOutEnergy { get; } = Split.HeldOut.Sum(frame => Energies[frame]);

    /// <exception cref="ArgumentException">Measurement and options do not fit together.</exception>
    public static StackStart Of(
        Measurement measurement,
        FrameSplit split,
        StartObject start,
        ComplexField? given,
        bool refine = false
    )
    {
        var illumination = StartObjects.Illumination(measurement, split.Used);
        var largest = TensorPrimitives.Max<float>(illumination);
        var energies = EnergiesOf(measurement.Data);
        var energy = split.Used.Sum(frame => energies[frame]);
        if (split.HeldOut.Length > 0 && split.HeldOut.Sum(frame => energies[frame]) == 0)
            throw new ArgumentException(
                "The frames drawn to be held out are dark; take another seed.",
                nameof(measurement)
            );
        var (constant, scale) = StartObjects.Choose(measurement, energy, start, given, illumination, refine);
        var first = given ?? ComplexField.Constant(measurement.ObjectHeight, measurement.ObjectWidth, constant);
        return new StackStart(split, first, scale, energies, 1 / (scale * scale * largest));
    }

    private static double[] EnergiesOf(DiffractionData data)
    {
        var amplitudes = new float[data.Height * data.Width];
        var energies = new double[data.FrameCount];
        for (var frame = 0; frame < energies.Length; frame++)
        {
            data.CopyAmplitudes(frame, amplitudes);
            var energy = 0.0;
            for (var i = 0; i < amplitudes.Length; i++)
                energy += (double)amplitudes[i] * amplitudes[i] * (data.Mask?.PixelWeights[i] ?? 1);
            energies[frame] = energy * (data.Mask?.FrameWeight(frame) ?? 1);
        }

        return energies;
    }
}
