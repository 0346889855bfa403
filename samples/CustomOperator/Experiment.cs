using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Samples.CustomOperator;

/// <summary>An object measured through some masks, and reconstructed.</summary>
internal static class Experiment
{
    private const double CountsPerUnit = 100;

    /// <returns>The object, and how far the operator's adjoint is from one.</returns>
    public static (ComplexField Object, double Mismatch) Run(ComplexField truth, int count, IPrior prior)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var quarters = randint(4, [count, truth.Height, truth.Width], generator: generator);
        var masks = polar(ones(quarters.shape), quarters * (Math.PI / 2));
        var forward = new CodedDiffraction(masks);
        var mismatch = AdjointTest.Mismatch(forward);

        float[] frames = [.. forward.Forward(truth.ToTensor().unsqueeze(0)).abs().square().data<float>()];
        DiffractionSimulator.AddPoissonNoise(frames, CountsPerUnit, seed: 3);
        var (height, width) = (truth.Height, truth.Width);
        var data = new DiffractionData(frames, count, height, width, DiffractionUnit.Intensity, CountsPerUnit);

        using var likelihood = new AmplitudeLikelihood(data);
        var problem = new PosteriorProblem(forward, likelihood, data.AmplitudeNoise!.Value);
        using var sample = new AnnealedSampler(prior, AnnealedOptions.Fast).Run(problem);
        return (sample.Mean().ToField(), mismatch);
    }
}
