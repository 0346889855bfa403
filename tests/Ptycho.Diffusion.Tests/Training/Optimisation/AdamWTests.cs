using Ptycho.Diffusion.Training.Optimisation;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training.Optimisation;

/// <summary>Both implementations of a step against sums in float64.</summary>
public sealed class AdamWTests
{
    // Longer than a vector, and no multiple of any vector's width.
    private const int Length = 37;
    private const double Clip = 0.7;

    private static readonly AdamWOptions Options = new()
    {
        Beta1 = 0.8,
        Beta2 = 0.95,
        Epsilon = 1e-3,
        WeightDecay = 0.2,
    };

    private static float Start(int i) => MathF.Sin(i + 0.5f);

    private static float Gradient(int i, int step) => MathF.Cos(0.7f * i + 1.3f * step) * (1 + i % 3);

    private static double Rate(int step) => 0.05 / (1 + step);

    /// <summary>The weight after some steps, with the moments as explicit weighted sums of all gradients.</summary>
    private static double Expected(int i, int steps)
    {
        double weight = Start(i);
        for (var step = 0; step < steps; step++)
        {
            double first = 0,
                second = 0;
            for (var k = 0; k <= step; k++)
            {
                var gradient = Clip * Gradient(i, k);
                first += (1 - Options.Beta1) * Math.Pow(Options.Beta1, step - k) * gradient;
                second += (1 - Options.Beta2) * Math.Pow(Options.Beta2, step - k) * gradient * gradient;
            }
            first /= 1 - Math.Pow(Options.Beta1, step + 1);
            second /= 1 - Math.Pow(Options.Beta2, step + 1);
            weight =
                weight * (1 - Rate(step) * Options.WeightDecay)
                - Rate(step) * first / (Math.Sqrt(second) + Options.Epsilon);
        }
        return weight;
    }

    [Test]
    public void The_fused_step_is_the_formula()
    {
        var weight = Enumerable.Range(0, Length).Select(Start).ToArray();
        var (first, second) = (new float[Length], new float[Length]);
        for (var step = 0; step < 6; step++)
        {
            var gradient = Enumerable.Range(0, Length).Select(i => Gradient(i, step)).ToArray();
            AdamWKernel.Step(weight, gradient, first, second, new AdamWNumbers(Options, step, Rate(step), Clip));
        }
        for (var i = 0; i < Length; i++)
            Assert.That(weight[i], Is.EqualTo(Expected(i, 6)).Within(2e-6), $"weight {i}");
    }

    [Test]
    public void The_step_with_tensors_is_the_formula()
    {
        using var scope = NewDisposeScope();
        var weight = tensor(Enumerable.Range(0, Length).Select(Start).ToArray());
        var (first, second) = (zeros(Length), zeros(Length));
        for (var step = 0; step < 6; step++)
        {
            var gradient = tensor(Enumerable.Range(0, Length).Select(i => Gradient(i, step)).ToArray());
            AdamW.StepWithTensors(weight, gradient, first, second, new AdamWNumbers(Options, step, Rate(step), Clip));
        }
        var values = weight.data<float>().ToArray();
        for (var i = 0; i < Length; i++)
            Assert.That(values[i], Is.EqualTo(Expected(i, 6)).Within(2e-6), $"weight {i}");
    }

    [Test]
    public void A_constant_gradient_moves_a_weight_by_the_rate_whatever_its_size()
    {
        foreach (var size in new[] { 1e-3f, 1f, 1e3f })
        {
            float[] weight = [0],
                first = [0],
                second = [0];
            var options = new AdamWOptions { Epsilon = 1e-12 };
            for (var step = 0; step < 10; step++)
                AdamWKernel.Step(weight, [size], first, second, new AdamWNumbers(options, step, 0.01, 1));
            Assert.That(weight[0], Is.EqualTo(-0.1).Within(1e-6), $"gradient {size}");
        }
    }

    [Test]
    public void Parameters_without_a_gradient_stay_and_others_take_the_fused_step()
    {
        using var network = TinyTraining.Network();
        var parameters = NamedTensors.Parameters(network);
        using var optimiser = new AdamW(parameters, Options);
        var before = parameters.Read(0).ToSingle();
        var chosen = Enumerable.Range(1, parameters.Count - 1).First(i => parameters[i].numel() > 16);
        var moved = parameters.Read(chosen).ToSingle();
        using (var loss = parameters[chosen].sum())
            loss.backward();
        optimiser.Step(0, rate: 0.01, gradientScale: 1);
        // In the first step both corrected moments are the gradient, 1, itself.
        var expected = moved.Select(w => w * (1 - 0.01 * Options.WeightDecay) - 0.01 / (1 + Options.Epsilon));
        Assert.That(parameters.Read(0).ToSingle(), Is.EqualTo(before));
        Assert.That(parameters.Read(chosen).ToSingle(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Numbers_out_of_range_are_refused_by_name()
    {
        Assert.That(() => new AdamWOptions { Beta1 = 1 }, Refuses("Beta1"));
        Assert.That(() => new AdamWOptions { Beta2 = -0.1 }, Refuses("Beta2"));
        Assert.That(() => new AdamWOptions { Epsilon = 0 }, Refuses("Epsilon"));
        Assert.That(() => new AdamWOptions { WeightDecay = double.NaN }, Refuses("WeightDecay"));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refuses(string name) =>
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name);
}
