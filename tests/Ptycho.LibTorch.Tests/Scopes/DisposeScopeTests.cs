using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Scopes;

public class DisposeScopeTests : TorchTest
{
    [Test]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        var before = ones(1);
        Tensor inside;
        using (NewDisposeScope())
            inside = before + 1;
        Assert.That(inside.IsInvalid, Is.True);
        Assert.That(before.IsInvalid, Is.False);
    }

    [Test]
    public void ScopesNest()
    {
        using var outer = NewDisposeScope();
        var first = ones(1);
        using (var inner = NewDisposeScope())
        {
            var second = ones(1);
            Assert.That(CurrentDisposeScope, Is.SameAs(inner));
            Assert.That(inner.Contains(second), Is.True);
            Assert.That(inner.Contains(first), Is.False);
        }
        Assert.That(CurrentDisposeScope, Is.SameAs(outer));
        Assert.That(outer.DisposablesCount, Is.EqualTo(1));
    }

    [Test]
    public void WhatMovesOutwardsLivesOn()
    {
        using var outer = NewDisposeScope();
        Tensor moved,
            byScope;
        using (var inner = NewDisposeScope())
        {
            moved = ones(1).MoveToOuterDisposeScope();
            byScope = inner.MoveToOuter(ones(1));
        }
        Assert.That(moved.IsInvalid || byScope.IsInvalid, Is.False);
        Assert.That(outer.Contains(moved) && outer.Contains(byScope), Is.True);
        outer.Dispose();
        Assert.That(moved.IsInvalid && byScope.IsInvalid, Is.True);
    }

    [Test]
    public void WhatMovesToAnotherScopeBelongsToIt()
    {
        using var far = NewDisposeScope();
        var anchor = ones(1);
        using var near = NewDisposeScope();
        var other = ones(1).MoveToOtherDisposeScope(anchor);
        Assert.That(far.Contains(other), Is.True);
        Assert.That(near.Contains(other), Is.False);
    }

    [Test]
    public void WhatIsDetachedBelongsToTheCaller()
    {
        Tensor detached,
            byScope;
        using (var scope = NewDisposeScope())
        {
            detached = ones(1).DetachFromDisposeScope();
            byScope = scope.Detach(ones(1));
        }
        Assert.That(detached.IsInvalid || byScope.IsInvalid, Is.False);
        detached.Dispose();
        byScope.Dispose();
    }

    [Test]
    public void EverythingButTheKeptIsDisposed()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(b);
        Assert.That(a.IsInvalid && c.IsInvalid, Is.True);
        Assert.That(b.IsInvalid, Is.False);
        Assert.That(scope.DisposablesCount, Is.EqualTo(1));
        scope.DisposeEverything();
        Assert.That(b.IsInvalid, Is.True);
    }

    [Test]
    public void AttachedTensorsAreTakenOver()
    {
        var stray = ones(1).DetachFromDisposeScope();
        using (var scope = NewDisposeScope())
            scope.Attach(stray);
        Assert.That(stray.IsInvalid, Is.True);
    }

    [Test]
    public void DisposedTensorsLeaveTheirScope()
    {
        using var scope = NewDisposeScope();
        var x = ones(1);
        x.Dispose();
        Assert.That(scope.DisposablesCount, Is.Zero);
        Assert.That(x.IsInvalid, Is.True);
        Assert.That(x.Dispose, Throws.Nothing);
    }

    [Test]
    public void ResultsOfGradientsBelongToTheScope()
    {
        var x = ones(1).requires_grad_();
        Tensor gradient;
        using (NewDisposeScope())
            gradient = autograd.grad([x * 2], [x])[0].MoveToOuterDisposeScope();
        Assert.That(gradient.item<float>(), Is.EqualTo(2));
    }

    [Test]
    public void ScopesAreTheThreadsOwn()
    {
        using var scope = NewDisposeScope();
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = ones(1));
        thread.Start();
        thread.Join();
        Assert.That(scope.Contains(elsewhere!), Is.False);
        elsewhere!.Dispose();
    }
}
