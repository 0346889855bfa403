using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Runs;

/// <summary>Divergence and numbers that are not finite.</summary>
public class NumericalWatchTests
{
    [TestCase("AWF")]
    [TestCase("mPIE")]
    public void DivergenceIsFoundAndTheLastGoodObjectKept(string name)
    {
        var measurement = Reference.Small.Noisy("clamp");
        var stop = new StopRules { Iterations = 3000 };
        IReconstructionSolver solver =
            name == "AWF"
                ? new AwfSolver(new AwfOptions { Stop = stop, StepFactor = 2.5 })
                : new RpieSolver(RpieOptions.Mpie with { Stop = stop, Gamma = 2 });
        var error = Assert.Throws<NumericalFailureException>(() => solver.Solve(measurement))!;
        TestContext.Out.WriteLine(error.Message);
        var good = error.LastObject;
        Assert.That(good, Is.Not.Null);
        Assert.That(error.Message, Does.Contain("LastObject"));
        Assert.That(error.Iteration, Is.GreaterThan(1));
        Assert.That(ReconstructionMetrics.Nrmse(good!, Reference.Small.Field("object")), Is.LessThan(1));
    }

    [TestCase("rPIE")]
    [TestCase("mPIE")]
    [TestCase("AWF")]
    public void AnObjectThatOverflowsIsFoundInItsIteration(string name)
    {
        // The first step is finite in its residual and infinite in its object.
        var measurement = Reference.Small.Noisy("clamp");
        var start = ComplexField.Constant(128, 128, 1);
        IReconstructionSolver solver = name switch
        {
            "rPIE" => new RpieSolver(new RpieOptions { InitialObject = start, Gamma = 1e38 }),
            "mPIE" => new RpieSolver(RpieOptions.Mpie with { InitialObject = start, Gamma = 1e38 }),
            _ => new AwfSolver(new AwfOptions { InitialObject = start, StepFactor = 1e60 }),
        };
        var error = Assert.Throws<NumericalFailureException>(() => solver.Solve(measurement))!;
        Assert.That(error.Iteration, Is.EqualTo(1));
        Assert.That(error.LastObject, Is.Null, "there was none before");
    }
}
