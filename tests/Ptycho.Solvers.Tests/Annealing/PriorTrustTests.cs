using Ptycho.Solvers.Annealing;

namespace Ptycho.Solvers.Tests.Annealing;

public class PriorTrustTests
{
    [TestCase(new[] { 9, 5, 1 }, 3)]
    [TestCase(new[] { 9, 5, 9, 5, 1 }, 3)]
    [TestCase(new[] { 9, 5, 9, 5, 1, 9 }, 1)]
    [TestCase(new[] { 4 }, 1)]
    public void TheLastPassBeginsWhereTheNoiseRoseLast(int[] levels, int expected)
    {
        var history = levels.Select((level, i) => new AnnealedLevel(level, 0.1 * level, 0, i)).ToArray();
        Assert.That(PriorTrust.LastPass(history), Is.EqualTo(history[^expected..]));
    }
}
