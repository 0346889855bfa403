using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Runtime;

public class GeneratorTests : TorchTest
{
    [Test]
    public void TheSameSeedGivesTheSameValues()
    {
        using var a = new Generator(7);
        using var b = new Generator(7);
        using var c = new Generator(8);
        var values = Values.Of(randn(20, generator: a));
        Assert.That(Values.Of(randn(20, generator: b)), Is.EqualTo(values));
        Assert.That(Values.Of(randn(20, generator: c)), Is.Not.EqualTo(values));
        Assert.That(Values.Of(randn(20, generator: a)), Is.Not.EqualTo(values));
    }

    [Test]
    public void AStateBringsItsValuesBack()
    {
        using var generator = new Generator(7);
        _ = rand(5, generator: generator);
        var state = generator.get_state();
        var values = Values.Of(rand(5, generator: generator));
        generator.set_state(state);
        Assert.That(Values.Of(rand(5, generator: generator)), Is.EqualTo(values));
    }

    [Test]
    public void ManualSeedStartsAnew()
    {
        using var generator = new Generator(1);
        var values = Values.Of(rand(5, generator: generator));
        generator.manual_seed(1);
        Assert.That(generator.initial_seed(), Is.EqualTo(1));
        Assert.That(Values.Of(rand(5, generator: generator)), Is.EqualTo(values));
    }

    [Test]
    public void TheGlobalGeneratorIsLeftAloneByOthers()
    {
        manual_seed(3);
        var values = Values.Of(rand(4));
        manual_seed(3);
        using var own = new Generator(9);
        _ = rand(100, generator: own);
        Assert.That(Values.Of(rand(4)), Is.EqualTo(values));
        var state = random.get_rng_state();
        var next = Values.Of(rand(4));
        random.set_rng_state(state);
        Assert.That(Values.Of(rand(4)), Is.EqualTo(next));
    }

    [Test]
    public void DistributionsHaveTheirMoments()
    {
        using var generator = new Generator(11);
        var normal = randn(20_000, generator: generator);
        Assert.That(normal.mean().item<float>(), Is.EqualTo(0).Within(.03));
        Assert.That(normal.std().item<float>(), Is.EqualTo(1).Within(.03));
        var counts = poisson(full(20_000, 4.0), generator);
        Assert.That(counts.mean().item<float>(), Is.EqualTo(4).Within(.06));
        Assert.That(counts.var().item<float>(), Is.EqualTo(4).Within(.2));
        var whole = randint(3, 6, new long[] { 1000 }, generator: generator);
        Assert.That(Values.Of(whole).Distinct().Order(), Is.EqualTo(new double[] { 3, 4, 5 }));
        var order = Values.Of(randperm(50, generator: generator)).Order();
        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 50).Select(i => (double)i)));
    }

    [Test]
    public void TensorsFillThemselvesFromAGenerator()
    {
        using var a = new Generator(5);
        using var b = new Generator(5);
        var x = empty(10).normal_(2, 3, a);
        var y = randn(10, generator: b) * 3 + 2;
        Assert.That(allclose(x, y), Is.True);
        Assert.That(Values.Of(empty(100).uniform_(2, 3, a)), Is.All.InRange(2, 3));
    }
}
