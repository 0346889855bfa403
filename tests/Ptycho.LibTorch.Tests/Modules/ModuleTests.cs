using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Modules;

public class ModuleTests : TorchTest
{
    private static readonly string[] BlockParameters = ["inner.weight", "inner.bias", "tail.1.weight", "gain"];

    [Test]
    public void ParametersAreNamedByTheirPath()
    {
        using var block = new Block();
        Assert.That(block.named_parameters().Select(p => p.Item1), Is.EquivalentTo(BlockParameters));
        Assert.That(block.named_buffers().Select(b => b.Item1), Is.EqualTo(new[] { "offset" }));
        Assert.That(block.named_children().Select(c => c.Item1), Is.EqualTo(new[] { "inner", "tail" }));
        Assert.That(block.parameters().Count(), Is.EqualTo(4));
        Assert.That(block.parameters(recurse: false).Count(), Is.EqualTo(1));
        Assert.That(block.get_parameter("tail.1.weight")!.shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(block.has_parameter("tail.1.bias"), Is.False);
    }

    [Test]
    public void ListsNameTheirItemsByNumber()
    {
        using var pair = new Pair();
        string[] expected = ["parts.0.weight", "parts.0.bias", "parts.1.weight", "parts.1.bias"];
        Assert.That(pair.named_parameters().Select(p => p.Item1), Is.EqualTo(expected));
    }

    [Test]
    public void ModulesOfTwoInputsAreCalledWithBoth()
    {
        using var pair = new Pair();
        var (x, y) = (ones(1, 2), zeros(1, 2));
        Assert.That(pair.call(x, y).shape, Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(allclose(pair.call(x, y), pair.forward(x, y)), Is.True);
    }

    [Test]
    public void TrainingReachesAllChildren()
    {
        using var block = new Block();
        Assert.That(block.training, Is.True);
        block.eval();
        Assert.That(block.modules().Select(m => m.training), Is.All.False);
        block.train();
        Assert.That(block.modules().Select(m => m.training), Is.All.True);
    }

    [Test]
    public void DropoutActsInTrainingAlone()
    {
        using var dropout = nn.Dropout(.5);
        var x = ones(1000);
        Assert.That(dropout.call(x).Equals(x), Is.False);
        dropout.eval();
        Assert.That(dropout.call(x).Equals(x), Is.True);
    }

    [Test]
    public void GradientsReachEveryParameterAndAreCleared()
    {
        using var block = new Block();
        block.call(ones(4, 3)).square().sum().backward();
        Assert.That(block.parameters().Select(p => p.grad is null), Is.All.False);
        block.zero_grad();
        Assert.That(block.parameters().Select(p => p.grad is null), Is.All.True);
    }

    [Test]
    public void ParametersOutliveTheScopeInWhichTheyAreHeld()
    {
        Block block;
        using (NewDisposeScope())
            block = new Block();
        using (block)
        {
            // Layers own their parameters; a Parameter of one's own belongs to the scope in which it was made.
            Assert.That(block.get_parameter("inner.weight")!.IsInvalid, Is.False);
        }
    }

    [Test]
    public void MovingConvertsTheParametersInPlaceOfTheOld()
    {
        using var layer = nn.Linear(2, 2);
        // TorchSharp makes new Parameter objects here: whoever holds the old ones must fetch them again.
        layer.to(ScalarType.Float64);
        Assert.That(layer.weight.dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(layer.call(ones(1, 2, ScalarType.Float64)).dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(layer.parameters().First().dtype, Is.EqualTo(ScalarType.Float64));
    }

    [Test]
    public void ApplyVisitsEveryModule()
    {
        using var block = new Block();
        var visited = new List<string>();
        block.apply(m => visited.Add(m.GetType().Name));
        Assert.That(visited, Is.EquivalentTo(new[] { "Linear", "Sequential", "SiLU", "Linear", "Block" }));
    }

    [Test]
    public void DisposingAModuleDisposesItsParameters()
    {
        var layer = nn.Linear(2, 2);
        var weight = layer.weight;
        layer.Dispose();
        Assert.That(weight.IsInvalid, Is.True);
    }
}
