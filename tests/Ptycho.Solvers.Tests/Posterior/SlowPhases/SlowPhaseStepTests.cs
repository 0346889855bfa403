using MathNet.Numerics.LinearAlgebra;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Posterior.SlowPhases;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior.SlowPhases;

public sealed class SlowPhaseStepTests
{
    [TestCase(1e5, 0.02)]
    [TestCase(1e4, 0.04)]
    public void ASlowPhaseThatTheDataContradictIsTakenBack(double peakCounts, double largest)
    {
        using var small = new Small(peakCounts: peakCounts);
        using var scope = NewDisposeScope();
        var step = Step(small, degree: 3);
        var wrong = Wrong(small, 0.3);
        var first = Nrmse(wrong, small);
        var found = wrong;
        for (var i = 0; i < 4; i++)
        {
            var before = small.Likelihood.Energy(small.Operator.Forward(found)).ToDouble();
            found = step.Move(found);
            var after = small.Likelihood.Energy(small.Operator.Forward(found)).ToDouble();
            Assert.That(after, Is.LessThanOrEqualTo(before * (1 + 1e-6)), $"step {i}");
        }
        Assert.That(first, Is.GreaterThan(0.2));
        Assert.That(Nrmse(found, small), Is.LessThan(largest));
        Assert.That(step.Evaluations, Is.EqualTo(4 * 6), "nine phases, the object and the trial");
    }

    [Test]
    public void EachObjectIsMovedAsItIsAlone()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var step = Step(small, degree: 2);
        var (one, other) = (Wrong(small, 0.3), Wrong(small, -0.2));
        var both = step.Move(cat([one, other]));
        Assert.That(both.narrow(0, 0, 1).equal(step.Move(one)).all().ToBoolean());
        Assert.That(both.narrow(0, 1, 1).equal(step.Move(other)).all().ToBoolean());
        Assert.That(one.equal(Wrong(small, 0.3)).all().ToBoolean(), "what was given stays");
    }

    [Test]
    public void AStepThatOvershootsIsHalvedAndOneThatNeverHelpsIsNotTaken()
    {
        using var scope = NewDisposeScope();
        var obj = ones(1, 8, 8, complex64);
        var basis = new PhaseBasis(1, 8, 8);
        // The true curvature is five times that of the equations: half and a quarter of the step still rise.
        var moved = new SlowPhaseStep(new Bowl(basis, 5), basis, 1e-3).Move(obj);
        Assert.That(Coefficient(moved, basis), Is.EqualTo(-0.1 / 4).Within(1e-3).Or.EqualTo(-0.1 / 2).Within(1e-3));
        Assert.That(new SlowPhaseStep(new Bowl(basis, 5e3), basis, 1e-3).Move(obj).equal(obj).all().ToBoolean());
        Assert.That(new SlowPhaseStep(new Bowl(basis, double.NaN), basis, 1e-3).Move(obj).equal(obj).all().ToBoolean());
    }

    [Test]
    public void TheAnnealedSolverFindsASlowPhaseThatItsPriorWouldKeep()
    {
        using var small = new Small(peakCounts: 300);
        using var scope = NewDisposeScope();
        var options = SmallOptions.Annealed with { StartSigma = 0.3, Coupling = 5 };
        var start = Wrong(small, 0.3);
        using var likelihood = new PoissonLikelihood(small.Measurement.Data);
        var problem = new PosteriorProblem(small.Operator, likelihood, small.Problem.AmplitudeNoise);
        var (with, without) = (Error(options), Error(options with { SlowPhaseDegree = 0 }));
        Assert.That(with, Is.LessThan(0.6 * without));

        double Error(AnnealedOptions chosen)
        {
            using var sample = new AnnealedSampler(new KeepingPrior(), chosen).Run(problem, start);
            return Nrmse(sample.Objects.narrow(0, 0, 1), small);
        }
    }

    [TestCase(-1)]
    [TestCase(9)]
    public void DegreesOutOfRangeAreRefused(int degree) =>
        Assert.That(
            () => new AnnealedOptions { SlowPhaseDegree = degree },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("SlowPhaseDegree")
        );

    private static SlowPhaseStep Step(Small small, int degree) =>
        new(
            new ManagedResidual(small.Measurement).Phases,
            new PhaseBasis(degree, 64, 64),
            small.Problem.AmplitudeNoise
        );

    private static Tensor Wrong(Small small, double size)
    {
        var basis = new PhaseBasis(2, 64, 64);
        var phase = tensor(basis.Sum([size, -size / 2, size / 3, size / 2, 0]), [1, 64, 64]);
        return small.Truth.ToTensor().unsqueeze(0) * complex(phase.cos(), phase.sin());
    }

    private static double Nrmse(Tensor obj, Small small) =>
        ReconstructionMetrics.Nrmse(obj.squeeze(0).contiguous().ToField(), small.Truth);

    private static double Coefficient(Tensor obj, PhaseBasis basis) =>
        obj[0, 0, 7].angle().ToDouble() / (basis.Rows(0)[0] * basis.Columns(0)[7]);

    /// <summary>E = c₀/10 + ½ factor c₀² of an object turned by c₀φ₀, and equations that believe the factor to be 1.</summary>
    private sealed class Bowl(PhaseBasis basis, double factor) : IPhaseSystem
    {
        public PhaseEquations Linearize(Tensor obj, PhaseBasis phases) =>
            new(
                double.IsNaN(factor) ? factor : 1,
                Vector<double>.Build.Dense([0.1, 0]),
                Matrix<double>.Build.DenseIdentity(2)
            );

        public double Energy(Tensor obj)
        {
            var c = Coefficient(obj, basis);
            return 1 + c / 10 + factor * c * c / 2;
        }
    }
}
