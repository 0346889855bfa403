using System.Numerics;
using System.Runtime.InteropServices;
using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Metrics;

/// <summary>
/// A linear phase exp(i(c + 2π(u·row/H + v·column/W))). With an unknown probe, ptychography leaves it free: a probe
/// with one ramp and an object with the opposite one, and a shift of both, give the same frames.
/// </summary>
/// <param name="Rows">u, cycles over the height of the frame.</param>
/// <param name="Columns">v, cycles over the width of the frame.</param>
/// <param name="Constant">c, radians.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PhaseRamp(double Rows, double Columns, double Constant)
{
    private const int Halvings = 18;

    /// <summary>The ramp that brings a field nearest to another: it maximises |Σ conj(r)·t·exp(−i ramp)|.</summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, or the truth is 0.</exception>
    public static PhaseRamp Between(ComplexField reconstruction, ComplexField truth)
    {
        ReconstructionMetrics.GlobalPhase(reconstruction, truth);
        var product = new ComplexField(truth.Height, truth.Width);
        for (var row = 0; row < truth.Height; row++)
        for (var column = 0; column < truth.Width; column++)
            product[row, column] = Complex.Conjugate(reconstruction[row, column]) * truth[row, column];
        return Strongest(product);
    }

    /// <summary>The field times the ramp; a new field.</summary>
    public ComplexField ApplyTo(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var result = new ComplexField(field.Height, field.Width);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var phase = Constant + 2 * Math.PI * (Rows * row / field.Height + Columns * column / field.Width);
            result[row, column] = field[row, column] * Complex.FromPolarCoordinates(1, phase);
        }

        return result;
    }

    /// <summary>The strongest plane wave of a field: the peak of its spectrum, refined between the samples.</summary>
    internal static PhaseRamp Strongest(ComplexField field)
    {
        var spectrum = field.Clone();
        new Fft2D(field.Height, field.Width).Forward(spectrum.Real, spectrum.Imaginary);
        var peak = 0;
        for (var i = 1; i < spectrum.Length; i++)
            if (Power(spectrum, i) > Power(spectrum, peak))
                peak = i;
        double u = Frequencies.Signed(peak / field.Width, field.Height);
        double v = Frequencies.Signed(peak % field.Width, field.Width);
        var best = Project(field, u, v);
        var step = 0.5;
        for (var halving = 0; halving < Halvings; )
        {
            var moved = false;
            foreach (var (du, dv) in ((double, double)[])[(step, 0), (-step, 0), (0, step), (0, -step)])
            {
                var trial = Project(field, u + du, v + dv);
                if (trial.Magnitude <= best.Magnitude)
                    continue;
                (best, u, v, moved) = (trial, u + du, v + dv, true);
            }

            if (moved)
                continue;
            step /= 2;
            halving++;
        }

        return new PhaseRamp(u, v, best.Phase);
    }

    private static double Power(ComplexField field, int i) =>
        (double)field.Real[i] * field.Real[i] + (double)field.Imaginary[i] * field.Imaginary[i];

    private static Complex Project(ComplexField field, double u, double v)
    {
        var columns = new Complex[field.Width];
        for (var column = 0; column < field.Width; column++)
            columns[column] = Complex.FromPolarCoordinates(1, -2 * Math.PI * v * column / field.Width);
        var total = Complex.Zero;
        for (var row = 0; row < field.Height; row++)
        {
            var sum = Complex.Zero;
            for (var column = 0; column < field.Width; column++)
                sum += field[row, column] * columns[column];
            total += sum * Complex.FromPolarCoordinates(1, -2 * Math.PI * u * row / field.Height);
        }

        return total;
    }
}
