using Ptycho.IO;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.PostProcessing;
using Ptycho.Solvers.ProbeSearching;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>Options and starts that no solver can work with are refused by name, before any work.</summary>
public class InputContractTests
{
    private static readonly TestCaseData[] Refused =
    [
        Case("Iterations", () => new StopRules { Iterations = 0 }),
        Case("ResidualTarget", () => new StopRules { ResidualTarget = double.NaN }),
        Case("StagnationTolerance", () => new StopRules { StagnationTolerance = 1.5 }),
        Case("StagnationWindow", () => new StopRules { StagnationWindow = 0 }),
        Case("Alpha", () => new RpieOptions { Alpha = 0 }),
        Case("Alpha", () => new RpieOptions { Alpha = double.NaN }),
        Case("Gamma", () => new RpieOptions { Gamma = double.PositiveInfinity }),
        Case("Order", () => new RpieOptions { Order = (FrameOrder)9 }),
        Case("Start", () => new RpieOptions { Start = (StartObject)9 }),
        Case("Stop", () => new RpieOptions { Stop = null! }),
        Case("StepFactor", () => new AwfOptions { StepFactor = double.NaN }),
        Case("Smoothness", () => new AwfOptions { Smoothness = -1 }),
        Case("Threads", () => new AwfOptions { Threads = -1 }),
        Case("Start", () => new AwfOptions { Start = (StartObject)(-1) }),
        Case("Stop", () => new AwfOptions { Stop = null! }),
        Case("Beta", () => new ProbeRefinement { Beta = 2 }),
        Case("Gamma", () => new ProbeRefinement { Gamma = 0 }),
        Case("StartIteration", () => new ProbeRefinement { StartIteration = -1 }),
        Case("Relaxation", () => new PositionCorrection { Relaxation = double.NaN }),
        Case("LargestShift", () => new PositionCorrection { LargestShift = 1e9 }),
        Case("Levels", () => new AnnealedOptions { Levels = 1 }),
        Case("Chains", () => new AnnealedOptions { Chains = 0 }),
        Case("StartSigma", () => new AnnealedOptions { StartSigma = double.NaN }),
        Case("LastSigma", () => new AnnealedOptions { LastSigma = 0 }),
        Case("Power", () => new AnnealedOptions { Power = -1 }),
        Case("Coupling", () => new AnnealedOptions { Coupling = double.PositiveInfinity }),
        Case("CouplingExponent", () => new AnnealedOptions { CouplingExponent = 5 }),
        Case("Roughness", () => new AnnealedOptions { Roughness = double.NaN }),
        Case("DataIterations", () => new AnnealedOptions { DataIterations = 0 }),
        Case("FreshNoise", () => new AnnealedOptions { FreshNoise = 1.1 }),
        Case("HeldOutFrames", () => new AnnealedOptions { HeldOutFrames = 0.6 }),
        Case("PreviewEvery", () => new AnnealedOptions { PreviewEvery = -1 }),
        Case("LargestShift", () => new JointRefinement { LargestShift = double.NaN }),
        Case("LargestShift", () => new JointRefinement { LargestShift = 101 }),
        Case("StartIterations", () => new JointRefinement { StartIterations = -1 }),
        Case("PositionSigma", () => new JointRefinement { PositionSigma = double.PositiveInfinity }),
        Case("PositionSigma", () => new JointRefinement { PositionSigma = 0 }),
        Case("Frames", () => new ProbeSearchOptions { Frames = 3 }),
        Case("Sweeps", () => new ProbeSearchOptions { Sweeps = 0 }),
        Case("LargestDiameter", () => new ProbeSearchOptions { LargestDiameter = double.NaN }),
        Case("LargestDiameter", () => new ProbeSearchOptions { LargestDiameter = 1.1 }),
        Case("measurement", () => ProbeSearch.Find(null!)),
        Case("Steps", () => new DpsOptions { Steps = 1 }),
        Case("TravelLength", () => new DpsOptions { TravelLength = -1 }),
        Case("StepSize", () => new DpsOptions { StepSize = double.NaN }),
        Case("StepRule", () => new DpsOptions { StepRule = (StepRule)7 }),
        Case("Energy", () => new DpsOptions { Energy = (GuidanceEnergy)7 }),
        Case("Noise", () => new DpsOptions { Noise = 2 }),
        Case("WarmStartSigma", () => new DpsOptions { WarmStartSigma = 0 }),
        Case("Chains", () => new PosteriorOptions { Chains = 1 }),
        Case("LargestBatch", () => new PosteriorOptions { LargestBatch = 0 }),
        Case("LangevinSteps", () => new PosteriorOptions { LangevinSteps = 0 }),
        Case("WarmStartLevels", () => new PosteriorOptions { WarmStartLevels = 1 }),
        Case("StepTime", () => new PosteriorOptions { StepTime = double.NaN }),
        Case("PriorDeviation", () => new PosteriorOptions { PriorDeviation = 0 }),
        Case("LearningRate", () => new UNetPostOptions { LearningRate = 0 }),
        Case("PartSize", () => new UNetPostOptions { PartSize = 4 }),
        Case("Every", () => new CheckpointOptions { Path = "a", Every = 0 }),
        Case("path", () => new CheckpointOptions { Path = " " }),
        Case("prior", () => new AnnealedSampler(null!)),
        Case("prior", () => new DpsSampler(null!)),
        Case("prior", () => new PosteriorSampler(null!)),
        Case("AmplitudeNoise", () => With(small => new PosteriorProblem(small.Operator, small.Likelihood, double.NaN))),
        Case("Likelihood", () => With(small => new PosteriorProblem(small.Operator, null!, 1))),
        Case("measurement", () => new RpieSolver().Solve(null!)),
        Case("measurement", () => new AnnealedSolver(new FlatPrior(1)).Solve(null!)),
        Case("initial object is 63×64", () => Started(new ComplexField(63, 64))),
        Case("row 3, column 4", () => Started(Nan())),
    ];

    [TestCaseSource(nameof(Refused))]
    public void BadOptionsAreRefusedByName(string word, Func<object> make) =>
        Assert.That(() => make(), Throws.InstanceOf<ArgumentException>().With.Message.Contains(word));

    private static object With(Func<Small, object> use)
    {
        using var small = new Small();
        return use(small);
    }

    private static object Started(ComplexField start) =>
        With(small => new AwfSolver(new AwfOptions { InitialObject = start }).Solve(small.Measurement));

    private static ComplexField Nan()
    {
        var field = ComplexField.Constant(64, 64, 1);
        field[3, 4] = new(0, double.NaN);
        return field;
    }

    private static TestCaseData Case(string word, Func<object> make) => new(word, make);
}
