using Ptycho.Diffusion.Training.Optimisation;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training.Optimisation;

public sealed class ExponentialMovingAverageTests
{
    [TestCase(0, 0.1)]
    [TestCase(10, 0.55)]
    [TestCase(80, 0.9)]
    [TestCase(1_000_000, 0.9)]
    public void The_decay_rises_to_the_one_asked_for(long step, double expected) =>
        Assert.That(ExponentialMovingAverage.DecayAt(0.9, step), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void The_average_is_the_weighted_sum_of_all_weights()
    {
        using var network = TinyTraining.Network();
        var parameters = NamedTensors.Parameters(network);
        using var average = new ExponentialMovingAverage(parameters, 0.3);
        var start = parameters.Read(0).ToSingle();
        for (var step = 0; step < 5; step++)
        {
            Set(parameters[0], step);
            average.Update(step);
        }

        // Weights of the start and of each update: what later updates left of them.
        var decay = Enumerable.Range(0, 5).Select(k => ExponentialMovingAverage.DecayAt(0.3, k)).ToArray();
        double Left(int from) => decay.Skip(from).Aggregate(1.0, (product, d) => product * d);
        var updates = Enumerable.Range(0, 5).Sum(k => (1 - decay[k]) * Left(k + 1) * Value(k));
        var expected = start.Select(w => w * Left(0) + updates);
        Assert.That(average.Average.Read(0).ToSingle(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Swapping_twice_leaves_every_bit_as_it_was()
    {
        using var network = TinyTraining.Network();
        var parameters = NamedTensors.Parameters(network);
        using var average = new ExponentialMovingAverage(parameters, 0.5);
        var averaged = average.Average.Read(0).ToSingle();
        Set(parameters[0], 3);
        var own = TinyTraining.Weights(network);
        average.Swap();
        Assert.That(parameters.Read(0).ToSingle(), Is.EqualTo(averaged));
        Assert.That(TinyTraining.Weights(network), Is.Not.EqualTo(own));
        average.Swap();
        Assert.That(TinyTraining.Weights(network), Is.EqualTo(own));
        Assert.That(average.Average.Read(0).ToSingle(), Is.EqualTo(averaged));
    }

    private static double Value(int step) => 1.5 * step - 2;

    private static void Set(Tensor parameter, int step)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        parameter.copy_(full(parameter.shape, (float)Value(step), dtype: ScalarType.Float32));
    }
}
