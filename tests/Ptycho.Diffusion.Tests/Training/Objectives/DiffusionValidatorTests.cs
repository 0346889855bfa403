using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Training.Objectives;

namespace Ptycho.Diffusion.Tests.Training.Objectives;

/// <summary>The validator against the errors of the very questions that it asks a network.</summary>
public sealed class DiffusionValidatorTests
{
    private const int Samples = 5;
    private const int PerSample = 4;
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    private static TrainingBatch Clean()
    {
        var random = new Random(4);
        var values = new float[Samples * 2 * 12 * 12];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(2 * random.NextDouble() - 1);
        return new TrainingBatch(values, Samples, 2, 12, 12);
    }

    private static DiffusionValidator Validator(RecordingNetwork network, int batch, ulong seed = 1) =>
        new(
            network,
            Schedule,
            Prediction.Velocity,
            Clean(),
            new DiffusionValidatorOptions
            {
                LevelsPerSample = PerSample,
                BatchSize = batch,
                Bins = 4,
                Seed = seed,
            }
        );

    [Test]
    public void The_score_is_the_mean_squared_error_of_the_noise_that_was_added()
    {
        using var network = new RecordingNetwork(0.3);
        var result = Validator(network, batch: 3).Validate();
        var clean = Clean().Values.ToArray();
        var length = clean.Length / Samples;
        Assert.That(network.Calls, Has.Count.EqualTo(Samples * PerSample));

        var errors = new List<(int Level, double Error)>();
        var noisePower = 0.0;
        foreach (var (call, number) in network.Calls.Select((call, number) => (call, number)))
        {
            var level = (int)call.Time + 1;
            var (signal, spread) = (Math.Sqrt(Schedule.AlphaBar(level)), Math.Sqrt(1 - Schedule.AlphaBar(level)));
            var error = 0.0;
            for (var i = 0; i < length; i++)
            {
                // x = signal·x₀ + spread·ε, and v = signal·ε − spread·x₀ gives ε̂ = spread·x + signal·v̂.
                var noise = (call.Input[i] - signal * clean[number % Samples * length + i]) / spread;
                var estimate = spread * call.Input[i] + signal * call.Output[i];
                error += (estimate - noise) * (estimate - noise) / length;
                noisePower += noise * noise / (length * Samples * PerSample);
            }
            errors.Add((level, error));
        }
        Assert.That(noisePower, Is.EqualTo(1).Within(0.1));
        Assert.That(result.Score, Is.EqualTo(errors.Average(e => e.Error)).Within(1e-4).Percent);
        foreach (var (bin, index) in result.Bins.Select((bin, index) => (bin, index)))
        {
            var inside = errors.Where(e => (e.Level - 1) / 250 == index).ToArray();
            Assert.That(bin.Name, Is.EqualTo($"{250 * index + 1}-{250 * (index + 1)}"));
            Assert.That(bin.Count, Is.EqualTo(inside.Length));
            Assert.That(bin.Value, Is.EqualTo(inside.Average(e => e.Error)).Within(1e-3).Percent);
        }
    }

    [Test]
    public void Levels_lie_evenly_on_the_whole_range_and_apart_for_each_sample()
    {
        using var network = new RecordingNetwork(0);
        Validator(network, batch: 8).Validate();
        var levels = network.Calls.Select(call => (int)call.Time + 1).ToArray();
        var expected = Enumerable.Range(0, levels.Length).Select(k => 1 + (int)((k + 0.5) / levels.Length * 1000));
        Assert.That(levels.Order(), Is.EqualTo(expected));
        for (var sample = 0; sample < Samples; sample++)
        {
            var own = levels.Where((_, number) => number % Samples == sample).Order().ToArray();
            Assert.That(own[^1] - own[0], Is.GreaterThan(300), $"sample {sample}: {string.Join(", ", own)}");
        }
    }

    [Test]
    public void The_same_seed_asks_the_same_questions_and_another_one_others()
    {
        using var first = new RecordingNetwork(0.2);
        using var again = new RecordingNetwork(0.2);
        using var other = new RecordingNetwork(0.2);
        var score = Validator(first, batch: 3).Validate().Score;
        Assert.That(Validator(again, batch: 3).Validate().Score, Is.EqualTo(score));
        Assert.That(again.Calls[7].Input, Is.EqualTo(first.Calls[7].Input));
        Assert.That(Validator(other, batch: 3, seed: 2).Validate().Score, Is.Not.EqualTo(score));
    }

    [Test]
    public void Samples_of_another_shape_are_refused()
    {
        using var network = new RecordingNetwork(0);
        var flat = new TrainingBatch(new float[8], 2, 4);
        Assert.That(
            () => new DiffusionValidator(network, Schedule, Prediction.Velocity, flat),
            Throws.ArgumentException.With.Message.Contains("[S, C, H, W]").And.Message.Contains("[2, 4]")
        );
    }

    [Test]
    public void A_cancelled_validation_ends_at_once()
    {
        using var network = new RecordingNetwork(0);
        var validator = Validator(network, batch: 3);
        Assert.That(
            () => validator.Validate(new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(network.Calls, Is.Empty);
    }
}
