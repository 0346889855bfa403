using Ptycho.Diffusion.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Schedules;

/// <summary>Ends of the number range and missing arguments, which no other test of schedules saw.</summary>
public sealed class ScheduleSurvivorTests
{
    private static readonly NoiseSchedule s_ten = NoiseSchedule.Linear(10);

    [Test]
    public void Noise_beyond_the_range_of_numbers_is_infinite_and_never_undefined()
    {
        var steep = new ContinuousSchedule { BetaMaximum = 4000 };
        Assert.That(steep.Sigma(1), Is.EqualTo(double.PositiveInfinity));
        Assert.That(steep.LogSnr(1), Is.EqualTo(double.NegativeInfinity));
        Assert.That(() => steep.Discretise(1), Throws.ArgumentException.With.Message.Contains("is 1;"));
    }

    [Test]
    public void Noising_to_the_same_level_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var same = s_ten.Renoise(ones(3), ones(3), 4, 4);
        Assert.That(same.allclose(ones(3)), Is.True);
    }

    [Test]
    public void What_is_missing_is_named()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 1, 2, 2);
        NoiseSchedule none = null!;
        Assert.Multiple(() =>
        {
            Assert.That(() => none.AddNoise(x, x, 1), Named("schedule"));
            Assert.That(() => none.AddNoise(x, x, [1]), Named("schedule"));
            Assert.That(() => none.Renoise(x, x, 1, 2), Named("schedule"));
            Assert.That(() => s_ten.AddNoise(null!, x, 1), Named("first"));
            Assert.That(() => s_ten.AddNoise(x, null!, 1), Named("second"));
            Assert.That(() => s_ten.AddNoise(null!, x, [1]), Named("batch"));
            Assert.That(() => s_ten.AddNoise(x, x, (IReadOnlyList<int>)null!), Named("levels"));
            Assert.That(() => LevelSpacing.Power(none, 3), Named("schedule"));
            Assert.That(() => NoiseSchedule.FromDefinition(null!), Named("definition"));
            Assert.That(
                () => s_ten.Transition(11, 3),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("1…10")
            );
            Assert.That(
                () => NoiseSchedule.FromBetas([]),
                Throws.ArgumentException.With.Message.Contains("at least one")
            );
        });

        static NUnit.Framework.Constraints.IResolveConstraint Named(string parameter) =>
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo(parameter);
    }
}
