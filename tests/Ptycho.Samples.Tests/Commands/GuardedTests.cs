using System.CommandLine;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Tests.Commands;

[NonParallelizable]
public sealed class GuardedTests
{
    [Test]
    public async Task SuccessIsZeroAndSilent() => Assert.That(await Run(() => { }), Is.EqualTo((0, "")));

    [Test]
    public async Task BadInputIsOneSentenceAndOne() =>
        Assert.That(
            await Run(() => throw new InvalidDataException("The key 'probe' is missing.")),
            Is.EqualTo((Guarded.Failure, "error: The key 'probe' is missing.\n"))
        );

    [Test]
    public async Task NamesOfOurParametersAreLeftOutAndLinesJoined() =>
        Assert.That(
            await Run(() => throw new ArgumentOutOfRangeException("EmaDecay", 2, "EmaDecay must be in [0, 1).")),
            Is.EqualTo((Guarded.Failure, "error: EmaDecay must be in [0, 1). Actual value was 2.\n"))
        );

    [TestCase("--count", "x", "a whole number is expected")]
    [TestCase("--seed", "-1", "a whole number of at least 0 is expected")]
    [TestCase("--rate", "fast", "a number is expected")]
    [TestCase("--rate", "-3", "--rate must be a finite number above 0")]
    [TestCase("--day", "Someday", "'Someday' for option '--day'; expected is Friday or Monday or")]
    [TestCase("--size", "huge", "'huge' not recognized; expected is small or large.")]
    [TestCase("--nonsense", "1", "'--nonsense' is no command or option")]
    public async Task WrongUsageIsOneSentenceWithoutNamesOfTypes(string option, string value, string expected)
    {
        var rate = NewOption.Of("--rate", "", 1.0);
        OptionChecks.RequirePositive(rate);
        var size = NewOption.Of("--size", "", "small");
        size.AcceptOnlyFromAmong("small", "large");
        var root = new RootCommand
        {
            NewOption.Of<int?>("--count", "", null),
            NewOption.Of("--seed", "", 0UL),
            NewOption.Of("--day", "", DayOfWeek.Monday),
            size,
            rate,
        };
        var code = 0;
        var (_, said) = await Run(() => code = SampleProgram.Run(root, [option, value]).Result);
        Assert.That(code, Is.EqualTo(Guarded.Failure));
        Assert.That(said, Does.Contain(expected).And.Not.Contain("System").And.EndWith("\n"));
        Assert.That(said.Split('\n'), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task AnOptionThatIsNotKnownIsNoFile()
    {
        var root = new RootCommand { new Argument<string>("picture") };
        root.SetAction(_ => 0);
        var code = 0;
        var (_, said) = await Run(() => code = SampleProgram.Run(root, ["--nonsense"]).Result);
        Assert.That(
            (code, said),
            Is.EqualTo((Guarded.Failure, "error: '--nonsense' is no command or option here; --help lists them.\n"))
        );
    }

    [Test]
    public async Task StoppingSaysHowToGoOn()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await Run(() => throw new OperationCanceledException()),
                Is.EqualTo((Guarded.Interrupted, "Stopped; nothing was written.\n"))
            );
            Assert.That(
                await Run(() => throw new StoppedException("Saved; go on.")),
                Is.EqualTo((Guarded.Interrupted, "Saved; go on.\n"))
            );
        }
    }

    [Test]
    public void AMistakeOfOursIsNotHidden() =>
        Assert.That(
            async () => await Run(() => throw new InvalidOperationException()),
            Throws.InvalidOperationException
        );

    private static async Task<(int Code, string Said)> Run(Action work)
    {
        var before = Console.Error;
        using var said = new StringWriter { NewLine = "\n" };
        Console.SetError(said);
        try
        {
            return (await Guarded.Run(work), said.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
