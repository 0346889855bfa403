using Ptycho.Solvers.PostProcessing;

namespace Ptycho.Solvers.Tests.PostProcessing;

public class PairBatchSourceTests
{
    [Test]
    public void AnEpochHasEachPairOnceInANewOrder()
    {
        // Without parts a batch holds whole pairs, told apart by the mean of their targets.
        var pairs = PairSet.Create(new StripedPairs(8, stripe: 0), 6);
        var source = new PairBatchSource(pairs, 2, 8, 1, seed: 7);
        float[] Epoch(int epoch) => [.. Enumerable.Range(3 * epoch, 3).SelectMany(step => Means(source, step))];
        var (first, second) = (Epoch(0), Epoch(1));
        Assert.That(first.Distinct().Count(), Is.EqualTo(6));
        Assert.That(second.Order(), Is.EqualTo(first.Order()).Within(1e-4));
        Assert.That(second, Is.Not.EqualTo(first).Within(1e-4));
    }

    [Test]
    public void ABatchIsAFunctionOfItsStep()
    {
        var pairs = PairSet.Create(new StripedPairs(16), 5);
        var (a, b) = (new PairBatchSource(pairs, 4, 8, 1, 3), new PairBatchSource(pairs, 4, 8, 1, 3));
        b.Create(9, 0);
        Assert.That(b.Create(2, 0).Values.ToArray(), Is.EqualTo(a.Create(2, 0).Values.ToArray()));
        Assert.That(b.Create(3, 0).Values.ToArray(), Is.Not.EqualTo(a.Create(2, 0).Values.ToArray()));
    }

    [Test]
    public void InputAndTargetAreCutAndMirroredAlike()
    {
        // The input is the target and stripes by row, so their difference is ± one number along every row.
        var pairs = PairSet.Create(new StripedPairs(32, stripe: 0.25f), 4);
        var batch = new PairBatchSource(pairs, 16, 8, 1, 3).Create(0, 0);
        Assert.That(batch.Shape, Is.EqualTo([16L, 4, 8, 8]));
        var values = batch.Values.ToArray();
        var firstRowIsUp = 0;
        for (var sample = 0; sample < 16; sample++)
        {
            var input = values.AsSpan(sample * 256, 64).ToArray();
            var target = values.AsSpan(sample * 256 + 128, 64).ToArray();
            for (var i = 0; i < 64; i++)
            {
                var sign = Math.Sign(input[i] - target[i]);
                Assert.That(input[i] - target[i], Is.EqualTo(sign * 0.5f).Within(3e-3));
                Assert.That(
                    sign,
                    Is.EqualTo(i / 8 % 2 == 0 ? Math.Sign(input[0] - target[0]) : -Math.Sign(input[0] - target[0]))
                );
            }
            firstRowIsUp += input[0] > target[0] ? 1 : 0;
        }
        Assert.That(firstRowIsUp, Is.InRange(2, 14), "places and flips vary");
    }

    private static float[] Means(PairBatchSource source, long step)
    {
        var values = source.Create(step, 0).Values.ToArray();
        return [.. Enumerable.Range(0, 2).Select(i => values.AsSpan(i * 256 + 128, 64).ToArray().Average())];
    }
}
