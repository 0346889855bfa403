using Ptycho.Solvers.PostProcessing;

namespace Ptycho.Solvers.Tests.PostProcessing;

public class PairSetTests
{
    [Test]
    public void PlanesAreInputThenTargetInChannels()
    {
        var source = new StripedPairs(16);
        var channels = new ChannelNumbers { Mean = new(0.5, 0.1), Scale = 0.25 };
        var planes = PairSet.Create(source, 3, channels).Pair(2);
        var pair = source.Create(2);
        var length = 16 * 16;
        Assert.That(planes.Length, Is.EqualTo(4 * length));
        Assert.That((float)planes[7], Is.EqualTo((pair.Input.Real[7] - 0.5f) / 0.25f).Within(2e-3));
        Assert.That((float)planes[length + 7], Is.EqualTo((pair.Input.Imaginary[7] - 0.1f) / 0.25f).Within(2e-3));
        Assert.That((float)planes[2 * length + 7], Is.EqualTo((pair.Target.Real[7] - 0.5f) / 0.25f).Within(2e-3));
        Assert.That((float)planes[3 * length + 7], Is.EqualTo((pair.Target.Imaginary[7] - 0.1f) / 0.25f).Within(2e-3));
    }

    [Test]
    public void StoredPairsAreReadAndThoseOfAnotherSourceAreNot()
    {
        using var folder = new TemporaryFolder();
        var first = new StripedPairs(16);
        var made = PairSet.Create(first, 40, folder: folder.Path);
        Assert.That(first.Made, Is.EqualTo(64), "files hold 32 pairs each");

        var again = new StripedPairs(16);
        var read = PairSet.Create(again, 40, folder: folder.Path);
        Assert.That(again.Made, Is.Zero);
        Assert.That(read.Pair(39).ToArray(), Is.EqualTo(made.Pair(39).ToArray()));

        var other = new StripedPairs(16, seed: 2);
        PairSet.Create(other, 33, folder: folder.Path);
        Assert.That(other.Made, Is.EqualTo(64));
    }

    [Test]
    public void ACancelledMakingGoesOn()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Assert.That(
            () =>
                PairSet.Create(
                    new StripedPairs(16),
                    96,
                    folder: folder.Path,
                    progress: new Immediate(_ => stop.Cancel()),
                    cancellationToken: stop.Token
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );
        var rest = new StripedPairs(16);
        PairSet.Create(rest, 96, folder: folder.Path);
        Assert.That(rest.Made, Is.EqualTo(64), "the first 32 were there");
    }

    [Test]
    public void ThreadsChangeNothing()
    {
        var one = PairSet.Create(new StripedPairs(16), 5, threads: 1);
        var two = PairSet.Create(new StripedPairs(16), 5, threads: 2);
        for (var i = 0; i < 5; i++)
            Assert.That(two.Pair(i).ToArray(), Is.EqualTo(one.Pair(i).ToArray()));
    }

    [Test]
    public void ADamagedFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        PairSet.Create(new StripedPairs(16), 1, folder: folder.Path);
        var path = Directory.GetFiles(folder.Path).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);
        Assert.That(
            () => PairSet.Create(new StripedPairs(16), 1, folder: folder.Path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("pairs-00000000")
        );
    }

    private sealed class Immediate(Action<int> action) : IProgress<int>
    {
        public void Report(int value) => action(value);
    }
}
