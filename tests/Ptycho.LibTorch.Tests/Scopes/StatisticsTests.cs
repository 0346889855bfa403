using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Scopes;

/// <summary>Not a TorchTest: the counts start at zero on a thread without scopes.</summary>
public class StatisticsTests
{
    [SetUp]
    public void Reset() => DisposeScopeManager.Statistics.Reset();

    [Test]
    public void CountsWhereTensorsBeginAndEnd()
    {
        var statistics = DisposeScopeManager.Statistics;
        var outside = ones(1);
        using (NewDisposeScope())
        {
            var inside = ones(1);
            inside.Dispose();
            _ = ones(2);
        }
        outside.Dispose();
        Assert.That(statistics.CreatedInScopeCount, Is.EqualTo(2));
        Assert.That(statistics.DisposedInScopeCount, Is.EqualTo(2));
        Assert.That(statistics.CreatedOutsideScopeCount, Is.EqualTo(1));
        Assert.That(statistics.DisposedOutsideScopeCount, Is.EqualTo(1));
        Assert.That(statistics.ThreadTotalLiveCount, Is.Zero);
    }

    [Test]
    public void CountsWhatChangesHands()
    {
        var statistics = DisposeScopeManager.Statistics;
        Tensor free;
        using (NewDisposeScope())
            free = ones(1).DetachFromDisposeScope();
        Assert.That(statistics.DetachedFromScopeCount, Is.EqualTo(1));
        Assert.That(statistics.ThreadTotalLiveCount, Is.EqualTo(1));
        using (var scope = NewDisposeScope())
            scope.Attach(free);
        Assert.That(statistics.AttachedToScopeCount, Is.EqualTo(1));
        Assert.That(statistics.ThreadTotalLiveCount, Is.Zero);
    }

    [Test]
    public void AStepOfWorkLeavesNothingAlive()
    {
        var statistics = DisposeScopeManager.Statistics;
        for (var i = 0; i < 10; i++)
        {
            using var scope = NewDisposeScope();
            var x = randn(4, 4).requires_grad_();
            var y = x.matmul(x).abs().sum();
            y.backward();
            _ = x.grad! + fft.fft2(x).abs();
        }
        Assert.That(statistics.ThreadTotalLiveCount, Is.Zero);
    }
}
