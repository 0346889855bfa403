using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Training.Objectives;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training.Objectives;

public sealed class DiffusionObjectiveTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    [Test]
    public void The_loss_is_the_mean_squared_error_of_the_velocity()
    {
        using var scope = NewDisposeScope();
        using var network = new RecordingNetwork(0.4);
        using var generator = new Generator(2);
        var batch = randn([3, 2, 8, 8], generator: generator);
        var clean = batch.data<float>().ToArray();
        var objective = new DiffusionObjective(network, Schedule, Prediction.Velocity);
        var loss = objective.Loss(batch, new TrainingStep(7, 0, 1, 5)).item<float>();

        var expected = 0.0;
        foreach (var (call, number) in network.Calls.Select((call, number) => (call, number)))
        {
            var alphaBar = Schedule.AlphaBar((int)call.Time + 1);
            var (signal, spread) = (Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
            for (var i = 0; i < call.Input.Length; i++)
            {
                var sample = clean[number * call.Input.Length + i];
                var noise = (call.Input[i] - signal * sample) / spread;
                var difference = call.Output[i] - (signal * noise - spread * sample);
                expected += difference * difference / clean.Length;
            }
        }
        Assert.That(loss, Is.EqualTo(expected).Within(0.01).Percent);
    }

    [Test]
    public void Every_step_and_part_draws_its_own_noise_and_the_same_step_the_same()
    {
        using var scope = NewDisposeScope();
        using var network = new RecordingNetwork(0);
        var objective = new DiffusionObjective(network, Schedule, Prediction.Velocity);
        var batch = zeros(1, 2, 8, 8);
        foreach (var step in new TrainingStep[] { new(3, 0, 2, 5), new(3, 1, 2, 5), new(4, 0, 2, 5), new(3, 0, 2, 6) })
            objective.Loss(batch, step);
        objective.Loss(batch, new TrainingStep(3, 0, 2, 5));
        var inputs = network.Calls.Select(call => call.Input).ToArray();
        for (var i = 0; i < 4; i++)
        for (var j = 0; j < i; j++)
            Assert.That(inputs[i], Is.Not.EqualTo(inputs[j]), $"draws {i} and {j}");
        Assert.That(inputs[4], Is.EqualTo(inputs[0]));
    }

    [Test]
    public void A_network_that_learns_the_variance_is_refused()
    {
        using var network = new CompactUNet(TinyTraining.Size with { LearnsVariance = true });
        Assert.That(
            () => new DiffusionObjective(network, Schedule, Prediction.Velocity),
            Throws.ArgumentException.With.Message.Contains("LearnsVariance")
        );
    }
}
