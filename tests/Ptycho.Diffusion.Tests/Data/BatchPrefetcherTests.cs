using Ptycho.Diffusion.Data;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class BatchPrefetcherTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(7)]
    public void Batches_come_in_the_order_of_steps_and_parts_however_long_each_takes(int depth)
    {
        var source = new SlowSource();
        var prefetcher = new BatchPrefetcher(source, partsPerStep: 2, depth, firstStep: 3, endStep: 8);
        var seen = Enumerable.Range(0, 10).Select(_ => prefetcher.Next().Values[0]).ToArray();
        Assert.That(seen, Is.EqualTo(new float[] { 30, 31, 40, 41, 50, 51, 60, 61, 70, 71 }));
        Assert.That(() => prefetcher.Next(), Throws.InvalidOperationException);
        Assert.That(source.Made, Is.EqualTo(10));
    }

    [Test]
    public void No_more_are_made_than_the_depth_allows()
    {
        var source = new SlowSource();
        var prefetcher = new BatchPrefetcher(source, partsPerStep: 1, depth: 2, firstStep: 0, endStep: 100);
        prefetcher.Next();
        Assert.That(() => source.Made, Is.EqualTo(3).After(2000, 10));
        Assert.That(source.Made, Is.EqualTo(3));
    }

    [Test]
    public void A_failure_comes_at_the_batch_that_failed()
    {
        var source = new SlowSource { FailsAt = 2 };
        var prefetcher = new BatchPrefetcher(source, partsPerStep: 1, depth: 4, firstStep: 0, endStep: 6);
        prefetcher.Next();
        prefetcher.Next();
        Assert.That(() => prefetcher.Next(), Throws.InstanceOf<IOException>().With.Message.EqualTo("gone"));
    }

    /// <summary>Batches that tell their step and part; earlier ones take longer.</summary>
    private sealed class SlowSource : IBatchSource
    {
        private int made;

        public int Made => Volatile.Read(ref made);

        public long FailsAt { get; init; } = -1;

        public TrainingBatch Create(long step, int part)
        {
            Thread.Sleep((int)(13 * (step + part) % 7));
            Interlocked.Increment(ref made);
            return step == FailsAt ? throw new IOException("gone") : new TrainingBatch([10 * step + part], 1);
        }
    }
}
