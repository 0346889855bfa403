using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Modules;

public class ContainerTests : TorchTest
{
    [Test]
    public void ASequenceCallsInOrder()
    {
        using var first = nn.Linear(2, 3);
        using var second = nn.Linear(3, 1);
        using var sequence = nn.Sequential(first, nn.SiLU(), second);
        var x = Values.Normal(1, 4, 2).to_type(ScalarType.Float32);
        Assert.That(allclose(sequence.call(x), second.call(nn.functional.silu(first.call(x)))), Is.True);
        Assert.That(sequence.Count, Is.EqualTo(3));
        string[] names = ["0.weight", "0.bias", "2.weight", "2.bias"];
        Assert.That(sequence.named_parameters().Select(p => p.Item1), Is.EqualTo(names));
    }

    [Test]
    public void ASequenceLeavesNothingBehindInTheScope()
    {
        using var sequence = nn.Sequential(nn.Linear(2, 2), nn.SiLU(), nn.SiLU());
        var x = ones(1, 2);
        using var scope = NewDisposeScope();
        using var y = sequence.call(x);
        Assert.That(scope.DisposablesCount, Is.EqualTo(1));
        Assert.That(scope.Contains(y), Is.True);
    }

    [Test]
    public void ASequenceNamesItsPartsAsGiven()
    {
        using var sequence = nn.Sequential(("in", nn.Linear(2, 2)), ("act", nn.SiLU()));
        sequence.append("out", nn.Linear(2, 2, hasBias: false));
        string[] names = ["in.weight", "in.bias", "out.weight"];
        Assert.That(sequence.named_parameters().Select(p => p.Item1), Is.EqualTo(names));
    }

    [Test]
    public void AnEmptySequenceIsTheIdentity()
    {
        using var sequence = nn.Sequential();
        var x = ones(2);
        Assert.That(sequence.call(x).Equals(x), Is.True);
    }

    [Test]
    public void AListIsAList()
    {
        using var list = new ModuleList<Linear>(nn.Linear(1, 1), nn.Linear(1, 2));
        list.Add(nn.Linear(1, 3));
        Assert.That(list, Has.Count.EqualTo(3));
        Assert.That(list.Select(m => m.out_features), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(list[2].out_features, Is.EqualTo(3));
    }

    [Test]
    public void IdentityHandsOn()
    {
        using var identity = nn.Identity();
        var x = ones(2);
        Assert.That(identity.call(x).Equals(x), Is.True);
        Assert.That(x.IsInvalid, Is.False);
    }
}
