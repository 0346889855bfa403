using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Ptycho.IO;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Probes;

/// <summary>Incoherent modes: which set of them is shown, and where new ones come from.</summary>
public static class ProbeModes
{
    /// <summary>
    /// The same light in orthogonal modes, the strongest first: P'_i = Σ_j V_ji P_j with the eigenvectors V of the Gram
    /// matrix ⟨P_i, P_j⟩ (Thibault and Menzel, Nature 494, 68, 2013). V is unitary, so every intensity that the modes give
    /// stays as it was. Refined modes are any mixture of these. One mode is returned as it is.
    /// </summary>
    /// <param name="probe">The probe; not changed.</param>
    public static Probe Orthogonalise(Probe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.ModeCount == 1)
            return probe;
        var gram = Matrix<Complex>.Build.Dense(
            probe.ModeCount,
            probe.ModeCount,
            (i, j) => Inner(probe.Modes[i], probe.Modes[j])
        );
        var vectors = gram.Evd(Symmetricity.Hermitian).EigenVectors;
        // Eigenvalues rise; the strongest mode shall be the first.
        return Probe.FromModes(
            Enumerable.Range(0, probe.ModeCount).Select(i => Mix(probe, vectors.Column(probe.ModeCount - 1 - i)))
        );
    }

    /// <summary>The part of the energy in each mode, in their order; the sum is 1.</summary>
    public static IReadOnlyList<double> Powers(Probe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return [.. probe.Modes.Select(mode => Inner(mode, mode).Real / probe.Energy)];
    }

    /// <summary>
    /// More modes to start a refinement from: the first mode times x, y, x², xy, y², … from its centre of intensity, made
    /// orthogonal to those before, each with a share of the energy; the whole keeps its energy. Modes that start at 0 would
    /// never get a step.
    /// </summary>
    /// <param name="probe">The probe; its first mode is the one that is multiplied.</param>
    /// <param name="count">Modes of the result, at least the probe's, at most 10 more.</param>
    /// <param name="share">Energy of each new mode over the whole, above 0; together they must leave something.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">
    /// The probe is so small that a new mode is a sum of the others, or its first mode is dark.
    /// </exception>
    public static Probe Expand(Probe probe, int count, double share = 0.05)
    {
        ArgumentNullException.ThrowIfNull(probe);
        Require.AtLeast(count, probe.ModeCount, nameof(count));
        Require.Positive(share, nameof(share));
        var added = count - probe.ModeCount;
        if (added > s_powers.Length)
            throw new ArgumentOutOfRangeException(
                nameof(count),
                count,
                $"At most {s_powers.Length} modes can be added."
            );
        if (!(share * added < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The new modes would have all the energy.");
        var energy = probe.Energy;
        var modes = probe.Modes.Select(mode => Scaled(mode, Math.Sqrt(1 - share * added))).ToList();
        if (added > 0 && Inner(modes[0], modes[0]).Real == 0)
            throw new ArgumentException("The first mode is dark: no others can be made from it.", nameof(probe));
        var (row, column) = Centre(modes[0]);
        // The probe's own modes need not be orthogonal to each other, and some may be dark.
        var basis = new List<ComplexField>();
        foreach (var mode in modes)
            _ = AddDirection(basis, mode, energy);
        for (var i = 0; i < added; i++)
        {
            if (!AddDirection(basis, Times(modes[0], row, column, s_powers[i]), energy))
                throw new ArgumentException("The probe is too small for so many modes.", nameof(probe));
            modes.Add(Scaled(basis[^1], Math.Sqrt(share * energy)));
        }

        return Probe.FromModes(modes);
    }

    private static readonly (int Row, int Column)[] s_powers =
    [
        (0, 1),
        (1, 0),
        (0, 2),
        (1, 1),
        (2, 0),
        (0, 3),
        (1, 2),
        (2, 1),
        (3, 0),
        (2, 2),
    ];

    // Adds what is new in a field to an orthonormal basis; false where that is nothing.
    private static bool AddDirection(List<ComplexField> basis, ComplexField field, double energy)
    {
        var rest = field.Clone();
        foreach (var other in basis)
            Subtract(rest, other, Inner(other, rest));
        var own = Inner(rest, rest).Real;
        if (!(own > 1e-12 * energy))
            return false;
        basis.Add(Scaled(rest, 1 / Math.Sqrt(own)));
        return true;
    }

    private static Complex Inner(ComplexField a, ComplexField b)
    {
        var (re, im) = (0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            re += (double)a.Real[i] * b.Real[i] + (double)a.Imaginary[i] * b.Imaginary[i];
            im += (double)a.Real[i] * b.Imaginary[i] - (double)a.Imaginary[i] * b.Real[i];
        }

        return new Complex(re, im);
    }

    private static ComplexField Mix(Probe probe, MathNet.Numerics.LinearAlgebra.Vector<Complex> weights)
    {
        var sum = new ComplexField(probe.Height, probe.Width);
        for (var m = 0; m < probe.ModeCount; m++)
            Subtract(sum, probe.Modes[m], -weights[m]);
        return sum;
    }

    private static void Subtract(ComplexField field, ComplexField other, Complex factor)
    {
        for (var i = 0; i < field.Length; i++)
        {
            var product = factor * new Complex(other.Real[i], other.Imaginary[i]);
            field.Real[i] -= (float)product.Real;
            field.Imaginary[i] -= (float)product.Imaginary;
        }
    }

    private static ComplexField Scaled(ComplexField field, double factor)
    {
        var result = field.Clone();
        for (var i = 0; i < result.Length; i++)
        {
            result.Real[i] = (float)(factor * result.Real[i]);
            result.Imaginary[i] = (float)(factor * result.Imaginary[i]);
        }

        return result;
    }

    private static ComplexField Times(ComplexField field, double row, double column, (int Row, int Column) power)
    {
        var result = field.Clone();
        for (var i = 0; i < result.Length; i++)
        {
            // Lengths of the order of 1 keep the numbers small.
            var y = (i / field.Width - row) / field.Height;
            var x = (i % field.Width - column) / field.Width;
            var factor = Math.Pow(y, power.Row) * Math.Pow(x, power.Column);
            result.Real[i] = (float)(factor * result.Real[i]);
            result.Imaginary[i] = (float)(factor * result.Imaginary[i]);
        }

        return result;
    }

    private static (double Row, double Column) Centre(ComplexField field)
    {
        var (energy, row, column) = (0.0, 0.0, 0.0);
        for (var i = 0; i < field.Length; i++)
        {
            var intensity = (double)field.Real[i] * field.Real[i] + (double)field.Imaginary[i] * field.Imaginary[i];
            energy += intensity;
            row += intensity * (i / field.Width);
            column += intensity * (i % field.Width);
        }

        return (row / energy, column / energy);
    }
}
