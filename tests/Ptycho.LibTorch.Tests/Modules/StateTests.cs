using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Modules;

public class StateTests : TorchTest
{
    [Test]
    public void HoldsParametersAndPersistentBuffers()
    {
        using var block = new Block();
        using var pair = new Pair();
        string[] expected = ["inner.weight", "inner.bias", "tail.1.weight", "gain", "offset"];
        Assert.That(block.state_dict().Keys, Is.EquivalentTo(expected));
        Assert.That(pair.state_dict().Keys, Does.Contain("scale").And.Not.Contain("scratch"));
    }

    [Test]
    public void TheStateIsTheParametersThemselves()
    {
        using var layer = nn.Linear(2, 2);
        using (no_grad())
            layer.state_dict()["weight"].fill_(3);
        Assert.That(Values.Of(layer.weight), Is.All.EqualTo(3));
    }

    [Test]
    public void LoadingCopiesEveryValue()
    {
        using var source = new Block();
        using var target = new Block();
        var x = ones(1, 3);
        Assert.That(allclose(source.call(x), target.call(x)), Is.False);
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.That(missing.Concat(unexpected), Is.Empty);
        Assert.That(allclose(source.call(x), target.call(x)), Is.True);
        using (no_grad())
            source.get_parameter("gain")!.fill_(-1);
        Assert.That(target.get_parameter("gain")!.item<float>(), Is.EqualTo(1));
    }

    [Test]
    public void StrictLoadingWantsTheSameKeys()
    {
        using var layer = nn.Linear(2, 2);
        var other = new Dictionary<string, Tensor> { ["weight"] = ones(2, 2), ["extra"] = ones(1) };
        Assert.That(() => layer.load_state_dict(other), Throws.Exception);
        var (missing, unexpected) = layer.load_state_dict(other, strict: false);
        Assert.That(missing, Is.EqualTo(new[] { "bias" }));
        Assert.That(unexpected, Is.EqualTo(new[] { "extra" }));
        Assert.That(Values.Of(layer.weight), Is.All.EqualTo(1));
    }

    [Test]
    public void AShapeThatDiffersIsAnException()
    {
        using var layer = nn.Linear(2, 2, hasBias: false);
        var other = new Dictionary<string, Tensor> { ["weight"] = ones(3, 5) };
        Assert.That(() => layer.load_state_dict(other), Throws.Exception);
    }
}
