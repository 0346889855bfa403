using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>Asserts that two ways of running found the same, to rounding.</summary>
internal static class Same
{
    /// <summary>Rules under which some of the measurements end by their residual before others do.</summary>
    public static StopRules EndingApart(
        StopRules rules,
        Measurement[] measurements,
        Func<StopRules, IReconstructionSolver> managed
    )
    {
        var residuals = measurements
            .Select(m => managed(rules with { Iterations = 8 }).Solve(m).ResidualHistory[^1])
            .Order()
            .ToArray();
        return rules with { ResidualTarget = (residuals[1] + residuals[2]) / 2 };
    }

    /// <summary>All of two results that does not depend on the time taken.</summary>
    /// <param name="actual">Of one way.</param>
    /// <param name="expected">Of the other.</param>
    /// <param name="tolerance">Of fields of size 1 and of residuals.</param>
    public static void Results(ReconstructionResult actual, ReconstructionResult expected, double tolerance = 2e-5)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.StopReason, Is.EqualTo(expected.StopReason));
            Assert.That(actual.Iterations, Is.EqualTo(expected.Iterations));
            Assert.That(actual.BestIteration, Is.EqualTo(expected.BestIteration));
            Assert.That(actual.ResidualHistory, Is.EqualTo(expected.ResidualHistory).Within(tolerance));
            Assert.That(actual.HeldOutHistory, Is.EqualTo(expected.HeldOutHistory).Within(tolerance));
            Assert.That(actual.Residual, Is.EqualTo(expected.Residual).Within(tolerance));
            Assert.That(actual.FrameMisfit, Is.EqualTo(expected.FrameMisfit).Within(tolerance));
            Assert.That(actual.HeldOut?.Frames, Is.EqualTo(expected.HeldOut?.Frames));
            Assert.That(actual.HeldOut?.Residual, Is.EqualTo(expected.HeldOut?.Residual).Within(tolerance));
            Assert.That(actual.HeldOut?.ChiSquare, Is.EqualTo(expected.HeldOut?.ChiSquare).Within(0.01));
        }

        Fields(actual.Object, expected.Object, tolerance);
        Assert.That(actual.Probe.ModeCount, Is.EqualTo(expected.Probe.ModeCount));
    }

    /// <summary>Two fields, each pixel within a tolerance of the largest.</summary>
    public static void Fields(ComplexField actual, ComplexField expected, double tolerance)
    {
        var size = Math.Max(1, expected.Real.Concat(expected.Imaginary).Max(Math.Abs));
        Assert.That(actual.Real, Is.EqualTo(expected.Real).Within(tolerance * size));
        Assert.That(actual.Imaginary, Is.EqualTo(expected.Imaginary).Within(tolerance * size));
    }
}
