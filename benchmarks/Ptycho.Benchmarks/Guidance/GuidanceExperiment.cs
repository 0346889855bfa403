using Ptycho.Benchmarks.Networks;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Posterior;

namespace Ptycho.Benchmarks.Guidance;

/// <summary>
/// The standard simulation with a phantom: 128×128 pixels, probe H of 32×32, 20 % overlap, 1e5 counts at the peak; and a
/// prior over the measured network.
/// </summary>
internal sealed class GuidanceExperiment : IDisposable
{
    public GuidanceExperiment()
    {
        Truth = BloodSmearPhantom.Create(128, 128, seed: 6);
        var scan = RasterScan.Clamped(128, 128, 32, 32, RasterScan.StepFromOverlap(0.2, 32));
        Measurement = DiffractionSimulator.Simulate(Truth, SyntheticProbes.StandardH(), scan, 1e5, seed: 7);
        Operator = new PtychographyOperator(Measurement);
        Likelihood = new AbsoluteLikelihood(Measurement.Data);
        Problem = new PosteriorProblem(Operator, Likelihood, Measurement.Data.AmplitudeNoise!.Value);
        Prior = PriorOf(NetworkReference.Create());
    }

    /// <summary>The measured schedule, transform and prediction over any network.</summary>
    public static NetworkPrior PriorOf(ScoreNetwork network) =>
        new(network, NoiseSchedule.Linear(), new MagnitudePhaseTransform(), Prediction.Velocity);

    public ComplexField Truth { get; }

    public Measurement Measurement { get; }

    public PtychographyOperator Operator { get; }

    public AbsoluteLikelihood Likelihood { get; }

    public PosteriorProblem Problem { get; }

    public NetworkPrior Prior { get; }

    public void Dispose()
    {
        Prior.Dispose();
        Likelihood.Dispose();
        Operator.Dispose();
    }
}
