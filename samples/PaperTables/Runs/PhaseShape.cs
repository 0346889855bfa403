using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>
/// The slow part of a phase error, which a similarity of magnitudes does not see: a ramp over the field, and steps
/// between regions. Phases are those of Σ conj(r)·t over blocks, so nothing has to be unwrapped; the best global phase
/// is removed.
/// </summary>
/// <param name="Ramp">The best linear phase: its change over the frame, radians, along the steepest direction.</param>
/// <param name="Slow">Root mean square of the phase of blocks of 16×16 pixels, radians.</param>
/// <param name="Step">The largest difference between neighbouring blocks of 32×32 pixels, radians, at most π.</param>
internal sealed record PhaseShape(double Ramp, double Slow, double Step)
{
    private const int SlowBlock = 16;
    private const int StepBlock = 32;
    private const double RampLimit = 0.3;
    private const double StepLimit = 0.4;

    /// <summary>Whether a ramp or a step is there that an eye would see in the phase's picture.</summary>
    public bool IsSuspicious => Ramp > RampLimit || Step > StepLimit;

    /// <summary>What <see cref="IsSuspicious"/> looks for, for reports.</summary>
    public static string Rule =>
        FormattableString.Invariant($"ramp above {RampLimit} rad or step above {StepLimit} rad");

    /// <summary>Compares a reconstruction with the truth.</summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, or the truth is 0.</exception>
    public static PhaseShape Of(ComplexField reconstruction, ComplexField truth)
    {
        var ramp = PhaseRamp.Between(reconstruction, truth);
        var back = Complex.Conjugate(ReconstructionMetrics.GlobalPhase(reconstruction, truth));
        var slow = Blocks(reconstruction, truth, SlowBlock);
        var mean = Enumerable.Range(0, slow.Length).Average(i => Square((back * Value(slow, i)).Phase));
        return new PhaseShape(
            2 * Math.PI * double.Hypot(ramp.Rows, ramp.Columns),
            Math.Sqrt(mean),
            LargestStep(Blocks(reconstruction, truth, StepBlock))
        );
    }

    private static Complex[,] Blocks(ComplexField r, ComplexField t, int size)
    {
        var sums = new Complex[(t.Height + size - 1) / size, (t.Width + size - 1) / size];
        for (var row = 0; row < t.Height; row++)
        for (var column = 0; column < t.Width; column++)
            sums[row / size, column / size] += Complex.Conjugate(r[row, column]) * t[row, column];
        return sums;
    }

    private static double LargestStep(Complex[,] blocks)
    {
        var largest = 0.0;
        for (var row = 0; row < blocks.GetLength(0); row++)
        for (var column = 0; column < blocks.GetLength(1); column++)
        {
            if (row > 0)
                largest = Math.Max(largest, Difference(blocks[row, column], blocks[row - 1, column]));
            if (column > 0)
                largest = Math.Max(largest, Difference(blocks[row, column], blocks[row, column - 1]));
        }
        return largest;
    }

    private static double Difference(Complex a, Complex b) => Math.Abs((a * Complex.Conjugate(b)).Phase);

    private static Complex Value(Complex[,] blocks, int i) => blocks[i / blocks.GetLength(1), i % blocks.GetLength(1)];

    private static double Square(double x) => x * x;
}
