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
