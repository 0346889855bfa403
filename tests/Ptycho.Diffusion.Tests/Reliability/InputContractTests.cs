using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Training;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.Diffusion.Training.Rates;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Reliability;

/// <summary>Every public entry refuses what it cannot work with, and the message says what is wrong.</summary>
public sealed class InputContractTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear(20);
    private static readonly MagnitudePhaseTransform Transform = new();

    private static readonly TestCaseData[] Refused =
    [
        // Schedules.
        Case("no steps", () => NoiseSchedule.Linear(0), "0"),
        Case("beta nan", () => NoiseSchedule.Linear(10, double.NaN), "NaN"),
        Case("beta falls", () => NoiseSchedule.Linear(10, 0.02, 0.01), "0.01"),
        Case("offset", () => NoiseSchedule.Cosine(10, double.NaN), "NaN"),
        Case("no betas", () => NoiseSchedule.FromBetas([]), "β"),
        Case("beta one", () => NoiseSchedule.FromBetas([0.1, 1]), "1"),
        Case("level low", () => Schedule.Sigma(-1), "level must be 0…20"),
        Case("level high", () => Schedule.Beta(21), "level must be 1…20"),
        Case("not down", () => Schedule.Transition(5, 5), "must be 0…4"),
        Case("sigma", () => Schedule.NearestLevel(double.NaN), "σ must be positive"),
        Case("spacing", () => LevelSpacing.Power(Schedule, 0), "count"),
        Case("start", () => LevelSpacing.Power(Schedule, 5, 21), "start level must be 1…20"),
        Case("last", () => LevelSpacing.LogSigma(Schedule, 5, 10, 11), "last level must be 1…10"),
        Case("power", () => LevelSpacing.Power(Schedule, 5, power: double.NaN), "power must be positive"),
        // Samplers.
        Case("no levels", () => new PriorSampler(Prior(), new DdimRule(), []), "at least one level"),
        Case("rising", () => new PriorSampler(Prior(), new DdimRule(), [3, 5]), "Level 5 at place 1"),
        Case("level zero", () => new PriorSampler(Prior(), new DdimRule(), [3, 0]), "Level 0 at place 1"),
        Case("eta", () => new DdimRule(double.NaN), "eta"),
        Case("batch", () => PriorSampler.Ddim(Prior(), 3).Sample(0, 8, 8, 1), "batch"),
        Case("rows", () => PriorSampler.Ddim(Prior(), 3).Sample(1, 0, 8, 1), "height"),
        Case("state nan", () => PriorSampler.Ddim(Prior(), 3).Continue(full([1, 2, 8, 8], float.NaN), 1), "NaN"),
        Case("state axes", () => PriorSampler.Ddim(Prior(), 3).Continue(zeros([2, 8, 8]), 1), "[B, 2, H, W]"),
        // Priors and networks.
        Case("null network", () => new NetworkPrior(null!, Schedule, Transform, Prediction.Velocity), "network"),
        Case("prior level", () => Prior().Denoise(zeros([1, 2, 8, 8]), 21), "level must be 1…20"),
        Case("prior level 0", () => Prior().Denoise(zeros([1, 2, 8, 8]), 0), "level must be 1…20"),
        Case("channels", () => Prior().Denoise(zeros([1, 3, 8, 8]), 3), "3"),
        Case("odd size", () => Prior().Denoise(zeros([1, 2, 7, 8]), 3), "7"),
        Case("axes", () => Prior().Denoise(zeros([2, 8, 8]), 3), "2, 8, 8"),
        Case("window", () => new WindowedPriorOptions { WindowSize = 0 }, "WindowSize"),
        Case("overlap", () => new WindowedPrior(Prior(), new() { WindowSize = 16, Overlap = 8 }), "below half"),
        Case("model channels", () => new CompactUNetOptions { ModelChannels = 0 }, "ModelChannels"),
        Case("multipliers", () => new CompactUNetOptions { ChannelMultipliers = [] }, "ChannelMultipliers"),
        // Transforms.
        Case("object type", () => Transform.ToChannels(zeros([1, 8, 8])), "complex64"),
        Case("object axes", () => Transform.ToChannels(zeros([8, 8], complex64)), "[B, H, W]"),
        Case("channel axes", () => Transform.ToObject(zeros([1, 3, 8, 8])), "[B, 2, H, W]"),
        Case("scale", () => new MagnitudePhaseOptions { MagnitudeScale = 0 }, "MagnitudeScale"),
        Case("mean", () => new RealImaginaryOptions { RealMean = double.NaN }, "RealMean"),
        // Data.
        Case("image nan", () => new CropImage("scene", Nan()), "scene", "row 2, column 1"),
        Case("weight", () => new CropImage("scene", new ComplexField(4, 4), null, double.NaN), "weight"),
        Case("no region", () => new CropImage("scene", new ComplexField(4, 4), []), "no region"),
        Case("no images", () => new CropSampler([]), "image"),
        Case("minimum scale", () => new CropSamplerOptions { MinimumScale = double.NaN }, "MinimumScale"),
        Case("crop size", () => new CropStage { Size = 0, BatchSize = 1 }, "Size"),
        Case("crop batch", () => new CropStage { Size = 8, BatchSize = 0 }, "BatchSize"),
        Case("batch shape", () => new TrainingBatch(new float[7], 1, 2, 2, 2), "7"),
        // Training.
        Case("rate", () => new ConstantRate(double.NaN), "Rate"),
        Case("warm-up", () => new WarmupRate(-1, new ConstantRate(1)), "Steps"),
        Case("cosine", () => new CosineRate(1, 0.5, 10, 10), "10"),
        Case("beta1", () => new AdamWOptions { Beta1 = 1 }, "Beta1"),
        Case("decay", () => new AdamWOptions { WeightDecay = -1 }, "WeightDecay"),
        Case("no trainer", () => TinyTraining.Trainer(TinyTraining.Network(), null!), "options"),
    ];

    [TestCaseSource(nameof(Refused))]
    public void Bad_input_is_refused_by_name(Func<object> make, string[] words)
    {
        using var scope = NewDisposeScope();
        var error = Assert.Catch<ArgumentException>(() => make())!;
        foreach (var word in words)
            Assert.That(error.Message, Does.Contain(word));
    }

    private static NetworkPrior Prior() => new(TinyTraining.Network(), Schedule, Transform, Prediction.Velocity);

    private static ComplexField Nan()
    {
        var field = ComplexField.Constant(4, 4, 1);
        field[2, 1] = new(double.NaN, 0);
        return field;
    }

    private static TestCaseData Case(string name, Func<object> make, params string[] words) =>
        new TestCaseData(make, words).SetArgDisplayNames(name);
}
