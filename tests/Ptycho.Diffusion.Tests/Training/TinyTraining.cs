using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Diffusion.Training.Rates;
using Ptycho.IO;

namespace Ptycho.Diffusion.Tests.Training;

/// <summary>A network and data small enough to train for some steps in a test.</summary>
internal static class TinyTraining
{
    public static readonly CompactUNetOptions Size = CompactUNetOptions.Compact with
    {
        ModelChannels = 8,
        ChannelMultipliers = [1, 1],
        ResidualBlocks = [1, 1],
        AttentionFactors = [2],
        HeadChannels = 8,
        Groups = 4,
    };

    public static CompactUNet Network(long seed = 0) => new(Size, seed);

    public static TrainerOptions Options(string? folder, long steps) =>
        new()
        {
            Steps = steps,
            Seed = 5,
            Folder = folder,
            LearningRate = new WarmupRate(3, new ConstantRate(2e-3)),
            ReportEvery = 2,
            ValidateEvery = 4,
            CheckpointEvery = 4,
            Accumulation = 2,
        };

    public static IBatchSource Batches(int batch = 2) =>
        new CropBatchSource(
            new CropSampler([new CropImage("scene", Scene())], new CropSamplerOptions { Seed = 3 }),
            new MagnitudePhaseEncoder(),
            new CropStage { Size = 16, BatchSize = batch },
            new CropStage
            {
                FromStep = 6,
                Size = 24,
                BatchSize = batch,
            }
        );

    public static Trainer Trainer(
        ScoreNetwork network,
        TrainerOptions options,
        IBatchSource? batches = null,
        Action<long>? export = null
    )
    {
        var schedule = NoiseSchedule.Linear();
        return new Trainer(
            network,
            new DiffusionObjective(network, schedule, Prediction.Velocity),
            batches ?? Batches(),
            options,
            Validator(network),
            export
        );
    }

    public static DiffusionValidator Validator(ScoreNetwork network) =>
        new(network, NoiseSchedule.Linear(), Prediction.Velocity, Batches(4).Create(100, 0));

    public static float[] Weights(ScoreNetwork network) =>
        [
            .. network
                .named_parameters()
                .OrderBy(p => p.name, StringComparer.Ordinal)
                .SelectMany(p => p.parameter.data<float>().ToArray()),
        ];

    private static ComplexField Scene()
    {
        var field = new ComplexField(60, 60);
        for (var r = 0; r < 60; r++)
        for (var c = 0; c < 60; c++)
            field[r, c] = System.Numerics.Complex.FromPolarCoordinates(
                0.9 + 0.3 * Math.Sin(0.3 * r) * Math.Cos(0.2 * c),
                0.8 * Math.Cos(0.25 * c - 0.1 * r)
            );
        return field;
    }
}
