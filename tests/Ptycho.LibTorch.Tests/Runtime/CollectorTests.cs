using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Runtime;

/// <summary>Calls with the garbage collector at work on another thread: no handle may die during its call.</summary>
public class CollectorTests
{
    [Test]
    public void ResultsStayRightWhileTheCollectorRuns()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var collections = 0;
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                collections++;
            }
        });
        collector.Start();
        var calls = 0;
        while (!stop.IsCancellationRequested)
        {
            // Temporaries without a name or scope are garbage as soon as the callee has their handle.
            var sum = (ones(50) + ones(50)).mul(ones(50)).reshape(5, 10).sum([0]);
            Assert.That(sum.data<float>().ToArray(), Is.All.EqualTo(10));
            Assert.That(cat([ones(3), zeros(2)]).sum().item<float>(), Is.EqualTo(3));
            Assert.That(ones(4)[1..3].shape, Is.EqualTo(new long[] { 2 }));
            Assert.That(autograd.grad([Square(ones(2))], [s_leaf!])[0].shape, Is.EqualTo(new long[] { 2 }));
            calls++;
        }
        collector.Join();
        Assert.That(calls, Is.GreaterThan(10));
        Assert.That(collections, Is.GreaterThan(10));
    }

    private static Tensor? s_leaf;

    private static Tensor Square(Tensor x) => (s_leaf = x.requires_grad_()).square().sum();
}
