using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Networks;
using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Diffusion.Training.Rates;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training.Objectives;

public sealed class HybridObjectiveTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.FromBetas([0.1, 0.3, 0.5, 0.7]);
    private static readonly float[] Variances = [-0.4f, 0.2f, 0.9f, 1.3f];

    private static Tensor Clean(int batch)
    {
        using var generator = new Generator(2);
        return randn([batch, 2, 8, 8], generator: generator);
    }

    /// <summary>The loss in float64, from the numbers that the network was asked.</summary>
    private static double Expected(VarianceTableNetwork network, float[] clean, double weight)
    {
        double simple = 0,
            bound = 0;
        foreach (var (call, number) in network.Calls.Select((call, number) => (call, number)))
        {
            var level = (int)call.Time + 1;
            var alphaBar = Schedule.AlphaBar(level);
            var before = Schedule.AlphaBar(level - 1);
            var beta = 1 - alphaBar / before;
            var posterior = beta * (1 - before) / (1 - alphaBar);
            // β̃₁ = 0; β̃₂ stands in for it in the range of the variance.
            var low = level == 1 ? 0.3 * 0.1 / (1 - 0.9 * 0.7) : posterior;
            var place = (Variances[level - 1] + 1) / 2;
            var variance = Math.Pow(beta, place) * Math.Pow(low, 1 - place);
            for (var i = 0; i < call.Input.Length; i++)
            {
                double x = call.Input[i];
                var sample = clean[number * call.Input.Length + i];
                var noise = (x - Math.Sqrt(alphaBar) * sample) / Math.Sqrt(1 - alphaBar);
                var output = 0.6 * x;
                simple += (output - noise) * (output - noise) / clean.Length;
                // The means of q(x_(s−1) | x_s, x₀) and of the network's step (DDPM, equations 7 and 11).
                var mean =
                    (Math.Sqrt(before) * beta * sample + Math.Sqrt(1 - beta) * (1 - before) * x) / (1 - alphaBar);
                var own = (x - beta / Math.Sqrt(1 - alphaBar) * output) / Math.Sqrt(1 - beta);
                var power = (mean - own) * (mean - own);
                bound +=
                    (
                        level == 1
                            ? Math.Log(2 * Math.PI * variance) + power / variance
                            : Math.Log(variance / posterior) - 1 + (posterior + power) / variance
                    )
                    / 2
                    / clean.Length;
            }
        }
        return simple + weight * Schedule.Steps * bound;
    }

    [TestCase(0.001)]
    [TestCase(0.7)]
    public void The_loss_has_its_closed_form(double weight)
    {
        using var scope = NewDisposeScope();
        using var network = new VarianceTableNetwork(Variances, (x, _) => x * 0.6);
        var batch = Clean(8);
        var objective = new HybridObjective(network, Schedule, Prediction.Epsilon, weight);
        var loss = objective.Loss(batch, new TrainingStep(7, 0, 1, 5)).item<float>();
        Assert.That(network.Calls.Select(call => (int)call.Time).Distinct().Order(), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        var expected = Expected(network, batch.data<float>().ToArray(), weight);
        Assert.That(loss, Is.EqualTo(expected).Within(0.01).Percent);
    }

    [Test]
    public void No_gradient_of_the_bound_goes_through_the_mean()
    {
        using var scope = NewDisposeScope();
        var gradients = new List<(float Gain, float[] Variance)>();
        foreach (var weight in new[] { 1e-6, 2.0 })
        {
            using var network = new VarianceTableNetwork(Variances, (x, _) => x * 0.6);
            new HybridObjective(network, Schedule, Prediction.Epsilon, weight)
                .Loss(Clean(8), new TrainingStep(7, 0, 1, 5))
                .backward();
            gradients.Add((network.Gain.grad!.item<float>(), network.Variance.grad!.data<float>().ToArray()));
        }
        Assert.That(gradients[1].Gain, Is.EqualTo(gradients[0].Gain));
        Assert.That(gradients[0].Gain, Is.Not.Zero);
        for (var level = 0; level < 4; level++)
            Assert.That(
                gradients[1].Variance[level],
                Is.EqualTo(2e6 * gradients[0].Variance[level]).Within(0.1).Percent.And.Not.Zero
            );
    }

    [Test]
    public void The_variance_is_learned_where_its_optimum_is_known()
    {
        // For x₀ ~ N(0, s²) and the best mean, the step down has variance β̃ + (weight of x₀)²·Var(x₀ | x).
        const double Deviation = 0.5;
        using var network = new VarianceTableNetwork(new float[4], (x, time) => x * GaussianGain(time, Deviation));
        var options = new TrainerOptions
        {
            Steps = 400,
            LearningRate = new CosineRate(5e-2, 1e-3, 100, 400),
            GradientClip = null,
            Seed = 4,
            ValidateEvery = 400,
            CheckpointEvery = 400,
        };
        var objective = new HybridObjective(network, Schedule, Prediction.Sample, boundWeight: 0.25);
        new Trainer(network, objective, new GaussianSource(Deviation), options).Run();

        var learned = network.Variance.data<float>().ToArray();
        for (var level = 1; level <= 4; level++)
        {
            var alphaBar = Schedule.AlphaBar(level);
            var step = Schedule.Transition(level, level - 1);
            var left = Deviation * Deviation * (1 - alphaBar) / (alphaBar * Deviation * Deviation + 1 - alphaBar);
            var best = step.PosteriorVariance + step.SampleWeight * step.SampleWeight * left;
            var low = Math.Log(Schedule.PosteriorVariance(Math.Max(2, level)));
            var high = Math.Log(step.Beta);
            var variance = Math.Exp(low + (learned[level - 1] + 1) / 2 * (high - low));
            Assert.That(variance, Is.EqualTo(best).Within(4).Percent, $"level {level}");
        }
    }

    [Test]
    public void Both_halves_of_a_real_network_are_trained_and_its_validation_looks_at_the_first()
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(TinyTraining.Size with { LearnsVariance = true });
        CompactUNetTests.Shake(network, 6);
        var schedule = NoiseSchedule.Linear();
        var objective = new HybridObjective(network, schedule, Prediction.Velocity);
        objective.Loss(Clean(4), new TrainingStep(0, 0, 1, 1)).backward();
        var bias = network.get_parameter("out.2.bias")!.grad!;
        // Patches of 2×2 pixels: 4 numbers for each of the 4 channels.
        Assert.That(bias.shape, Is.EqualTo(new long[] { 16 }));
        Assert.That(bias.abs().min().ToDouble(), Is.GreaterThan(0));

        var samples = new TrainingBatch(Clean(2).data<float>().ToArray(), 2, 2, 8, 8);
        var score = new DiffusionValidator(network, schedule, Prediction.Velocity, samples).Validate().Score;
        Assert.That(score, Is.GreaterThan(0).And.LessThan(100));
    }

    [Test]
    public void What_cannot_be_trained_is_refused()
    {
        using var fixedVariance = TinyTraining.Network();
        using var learned = new VarianceTableNetwork(Variances, (x, _) => x);
        Assert.That(
            () => new HybridObjective(fixedVariance, Schedule, Prediction.Epsilon),
            Throws.ArgumentException.With.Message.Contains("LearnsVariance")
        );
        Assert.That(
            () => new HybridObjective(learned, NoiseSchedule.FromBetas([0.5]), Prediction.Epsilon),
            Throws.ArgumentException.With.Message.Contains("2 levels")
        );
        Assert.That(
            () => new HybridObjective(learned, Schedule, Prediction.Epsilon, 0),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("boundWeight")
        );
    }

    private static Tensor GaussianGain(Tensor time, double deviation)
    {
        var gains = time.data<float>()
            .ToArray()
            .Select(t =>
            {
                var alphaBar = Schedule.AlphaBar((int)t + 1);
                var power = deviation * deviation;
                return (float)(Math.Sqrt(alphaBar) * power / (alphaBar * power + 1 - alphaBar));
            });
        return tensor(gains.ToArray(), dtype: ScalarType.Float32).reshape(-1, 1, 1, 1);
    }

    /// <summary>Batches of independent Gaussian pixels.</summary>
    private sealed class GaussianSource(double deviation) : IBatchSource
    {
        public TrainingBatch Create(long step, int part)
        {
            var random = new Random((int)step);
            var values = new float[16 * 2 * 8 * 8];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(
                    deviation
                    * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                    * Math.Cos(2 * Math.PI * random.NextDouble())
                );
            return new TrainingBatch(values, 16, 2, 8, 8);
        }
    }
}
