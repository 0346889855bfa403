using System.Collections.Immutable;
using System.Numerics.Tensors;
using Ptycho.IO;

namespace Ptycho.Physics.Probes;

/// <summary>
/// The illumination in the object plane: M mutually incoherent modes of h×w pixels, one for coherent light. The modes
/// are copied on construction; solvers never rescale or change them, so treat the fields of <see cref="Modes"/> as
/// read-only.
/// </summary>
public sealed class Probe
{
    private const double SmallestEnergy = 1e-25;
    private const double LargestEnergy = 1e30;

    private Probe(ImmutableArray<ComplexField> modes) => Modes = modes;

    /// <summary>The number M of incoherent modes, at least 1.</summary>
    public int ModeCount => Modes.Count;

    /// <summary>Rows h of every mode.</summary>
    public int Height => Modes[0].Height;

    /// <summary>Columns w of every mode.</summary>
    public int Width => Modes[0].Width;

    /// <summary>The modes, all of one shape. Not to be written to.</summary>
    public IReadOnlyList<ComplexField> Modes { get; }

    /// <summary>The energy Σ_m Σ_r |P_m(r)|², which is that of every frame over vacuum (orthonormal transform).</summary>
    public double Energy
    {
        get
        {
            var energy = 0.0;
            foreach (var mode in Modes)
            foreach (var plane in (ReadOnlySpan<float[]>)[mode.Real, mode.Imaginary])
            foreach (var value in plane)
                energy += (double)value * value;
            return energy;
        }
    }

    /// <summary>A coherent probe.</summary>
    /// <param name="field">The complex illumination [h, w]; copied.</param>
    /// <exception cref="ArgumentException">A value is not finite (the pixel is named), or all values are zero.</exception>
    public static Probe FromField(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return FromModes([field]);
    }

    /// <summary>A partially coherent probe: the intensities of the modes add up.</summary>
    /// <param name="modes">At least one field, all of one shape; copied.</param>
    /// <exception cref="ArgumentException">
    /// There is no mode, the shapes differ, a value is not finite (mode and pixel are named), all are zero, or their
    /// energy is outside 1e-25…1e30.
    /// </exception>
    public static Probe FromModes(IEnumerable<ComplexField> modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        var copies = modes
            .Select(mode =>
                mode?.Clone() ?? throw new ArgumentException("A mode of the probe is missing (null).", nameof(modes))
            )
            .ToImmutableArray();
        if (copies.IsEmpty)
            throw new ArgumentException("A probe needs at least one mode.", nameof(modes));
        for (var m = 0; m < copies.Length; m++)
            Check(copies[m], m, copies[0], nameof(modes));
        var probe = new Probe(copies);
        var energy = probe.Energy;
        if (energy == 0)
            throw new ArgumentException("The probe is zero everywhere; it illuminates nothing.", nameof(modes));
        if (!(energy is >= SmallestEnergy and <= LargestEnergy))
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The probe's energy Σ|P|² is {energy:g3}; float32 arithmetic needs {SmallestEnergy:g1} to "
                ) + FormattableString.Invariant($"{LargestEnergy:g1}. Scale the probe, and the data with it."),
                nameof(modes)
            );
        return probe;
    }

    /// <summary>The total intensity Σ_m |P_m|² as a new array, row-major [h, w].</summary>
    public float[] Intensity()
    {
        var total = new float[Modes[0].Length];
        foreach (var mode in Modes)
        {
            TensorPrimitives.MultiplyAdd(mode.Real, mode.Real, total, total);
            TensorPrimitives.MultiplyAdd(mode.Imaginary, mode.Imaginary, total, total);
        }

        return total;
    }

    private static void Check(ComplexField mode, int index, ComplexField first, string name)
    {
        if (mode.Height != first.Height || mode.Width != first.Width)
            throw new ArgumentException(
                $"Probe mode {index} is {mode.Height}×{mode.Width}, mode 0 is {first.Height}×{first.Width}; "
                    + "all modes must have one shape.",
                name
            );
        for (var i = 0; i < mode.Length; i++)
            if (!float.IsFinite(mode.Real[i]) || !float.IsFinite(mode.Imaginary[i]))
                throw new ArgumentException(
                    $"Probe mode {index} is not finite at row {i / mode.Width}, column {i % mode.Width}.",
                    name
                );
    }
}
