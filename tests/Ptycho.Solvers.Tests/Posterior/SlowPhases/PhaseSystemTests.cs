using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Posterior.SlowPhases;
using Ptycho.Solvers.Tests.Classical.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior.SlowPhases;

/// <summary>The equations of slow phases against each other and against the energies that they are derivatives of.</summary>
public sealed class PhaseSystemTests
{
    private const int Degree = 3;

    [TestCase("whole")]
    [TestCase("fractions")]
    [TestCase("modes")]
    [TestCase("mask")]
    [TestCase("all")]
    public void BothWaysGiveTheSameEquations(string variant)
    {
        var measurement = Simulated.Measure(2, variant);
        using var forward = new PtychographyOperator(measurement);
        using var likelihood = new AmplitudeLikelihood(measurement.Data);
        using var scope = NewDisposeScope();
        var (obj, basis) = (Object(measurement), Basis(measurement));
        var tensors = new TensorPhaseSystem(forward, likelihood);
        var managed = new ManagedResidual(measurement).Phases;
        var (expected, found) = (tensors.Linearize(obj, basis), managed.Linearize(obj, basis));
        Assert.That(found.Energy, Is.EqualTo(expected.Energy).Within(1e-5 * expected.Energy));
        Assert.That(managed.Energy(obj), Is.EqualTo(tensors.Energy(obj)).Within(1e-5 * expected.Energy));
        Assert.That(found.Energy, Is.EqualTo(managed.Energy(obj)).Within(1e-5 * expected.Energy));
        Assert.That((found.Gradient - expected.Gradient).L2Norm(), Is.LessThan(1e-4 * expected.Gradient.L2Norm()));
        Assert.That(
            (found.Curvature - expected.Curvature).FrobeniusNorm(),
            Is.LessThan(1e-4 * expected.Curvature.FrobeniusNorm())
        );
        Assert.That(expected.Gradient.L2Norm(), Is.GreaterThan(0));
    }

    [TestCase("amplitude")]
    [TestCase("Huber")]
    [TestCase("Poisson")]
    public void TheGradientIsTheSlopeOfTheEnergy(string name)
    {
        var measurement = Simulated.Measure(3, "all");
        using var forward = new PtychographyOperator(measurement);
        using var likelihood = Likelihood(name, measurement.Data);
        using var scope = NewDisposeScope();
        var (obj, basis) = (Object(measurement), Basis(measurement));
        var system = new TensorPhaseSystem(forward, likelihood);
        var gradient = system.Linearize(obj, basis).Gradient;
        for (var k = 0; k < basis.Count; k++)
        {
            const double Step = 3e-3;
            var slope = (Energy(Step) - Energy(-Step)) / (2 * Step);
            Assert.That(gradient[k], Is.EqualTo(slope).Within(2e-3 * gradient.L2Norm()), $"{name}, phase {k}");

            double Energy(double c) => system.Energy(Turned(obj, basis, k, c));
        }
    }

    [TestCase("whole")]
    [TestCase("all")]
    public void WhereTheObjectExplainsTheDataTheCurvatureIsThatOfTheEnergy(string variant)
    {
        var measurement = Simulated.Measure(4, variant);
        using var forward = new PtychographyOperator(measurement);
        using var scope = NewDisposeScope();
        var (obj, basis) = (Object(measurement), Basis(measurement));
        var amplitudes = forward.Forward(obj).abs().square().sum([0, 2]).sqrt().contiguous();
        var data = new DiffractionData(
            amplitudes.data<float>().ToArray(),
            measurement.Data.FrameCount,
            measurement.Data.Height,
            measurement.Data.Width,
            DiffractionUnit.Amplitude,
            mask: measurement.Data.Mask
        );
        using var likelihood = new AmplitudeLikelihood(data);
        var system = new TensorPhaseSystem(forward, likelihood);
        var equations = system.Linearize(obj, basis);
        for (var k = 0; k < basis.Count; k++)
        {
            const double Step = 0.02;
            var curvature =
                (system.Energy(Turned(obj, basis, k, Step)) + system.Energy(Turned(obj, basis, k, -Step)))
                / (Step * Step);
            Assert.That(equations.Curvature[k, k], Is.EqualTo(curvature).Within(0.03 * curvature), $"phase {k}");
        }
        Assert.That(equations.Gradient.L2Norm(), Is.LessThan(1e-3 * equations.Curvature.FrobeniusNorm()));
    }

    [Test]
    public void ALikelihoodThatKnowsNoAmplitudesHasNoEquations()
    {
        using var small = new Small();
        var unknown = new PosteriorProblem(small.Operator, new Hidden(small.Likelihood), 0.5);
        Assert.That(new EnergyResidual(unknown).Phases, Is.Null);
        Assert.That(new EnergyResidual(small.Problem).Phases, Is.Not.Null);
    }

    private static IAmplitudeBased Likelihood(string name, DiffractionData data) =>
        name switch
        {
            "Huber" => new HuberLikelihood(data, 0.05),
            "Poisson" => new PoissonLikelihood(data),
            _ => new AmplitudeLikelihood(data),
        };

    private static PhaseBasis Basis(Measurement measurement) =>
        new(Degree, measurement.ObjectHeight, measurement.ObjectWidth);

    private static Tensor Object(Measurement measurement)
    {
        using var generator = new Generator(5);
        var noise = randn(1, measurement.ObjectHeight, measurement.ObjectWidth, 2, generator: generator);
        return noise.view_as_complex() * 0.2 + 1;
    }

    private static Tensor Turned(Tensor obj, PhaseBasis basis, int index, double coefficient)
    {
        var coefficients = new double[basis.Count];
        coefficients[index] = coefficient;
        var phase = tensor(basis.Sum(coefficients), [1, basis.Height, basis.Width]);
        return obj * complex(phase.cos(), phase.sin());
    }

    private sealed class Hidden(ILikelihood inner) : ILikelihood
    {
        public string Name => inner.Name;

        public Tensor Energy(Tensor farField) => inner.Energy(farField);

        public Tensor Gradient(Tensor farField) => inner.Gradient(farField);

        public void Dispose() { }
    }
}
