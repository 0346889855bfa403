using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Training.Objectives;

namespace Ptycho.Diffusion.Tests.Training;

public sealed class TrainerOptionsTests
{
    private static readonly TestCaseData[] Impossible =
    [
        Case(() => new TrainerOptions { Steps = 0 }, "Steps"),
        Case(() => new TrainerOptions { Accumulation = 0 }, "Accumulation"),
        Case(() => new TrainerOptions { Accumulation = 257 }, "Accumulation"),
        Case(() => new TrainerOptions { GradientClip = 0 }, "GradientClip"),
        Case(() => new TrainerOptions { GradientClip = double.NaN }, "GradientClip"),
        Case(() => new TrainerOptions { EmaDecay = 1 }, "EmaDecay"),
        Case(() => new TrainerOptions { EmaDecay = -0.1 }, "EmaDecay"),
        Case(() => new TrainerOptions { ReportEvery = 0 }, "ReportEvery"),
        Case(() => new TrainerOptions { ValidateEvery = 0 }, "ValidateEvery"),
        Case(() => new TrainerOptions { CheckpointEvery = -1 }, "CheckpointEvery"),
        Case(() => new TrainerOptions { KeepCheckpoints = 0 }, "KeepCheckpoints"),
        Case(() => new TrainerOptions { Prefetch = -1 }, "Prefetch"),
        Case(() => new DiffusionValidatorOptions { LevelsPerSample = 0 }, "LevelsPerSample"),
        Case(() => new DiffusionValidatorOptions { BatchSize = 0 }, "BatchSize"),
        Case(() => new DiffusionValidatorOptions { Bins = 0 }, "Bins"),
    ];

    [TestCaseSource(nameof(Impossible))]
    public void An_impossible_value_is_refused_with_the_property_and_what_it_may_be(
        Func<object> make,
        string property
    ) =>
        Assert.That(
            () => make(),
            Throws
                .InstanceOf<ArgumentOutOfRangeException>()
                .With.Property("ParamName")
                .EqualTo(property)
                .And.Message.Contains(property + " must be")
        );

    [Test]
    public void What_must_be_there_is_asked_for_by_name()
    {
        Assert.That(
            () => new TrainerOptions { LearningRate = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("LearningRate")
        );
        Assert.That(
            () => new TrainerOptions { Optimiser = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Optimiser")
        );
    }

    [Test]
    public void No_clipping_is_a_choice() =>
        Assert.That(new TrainerOptions { GradientClip = null }.GradientClip, Is.Null);

    private static TestCaseData Case(Func<object> make, string property) => new(make, property);
}
