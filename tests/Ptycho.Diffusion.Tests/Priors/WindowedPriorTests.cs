using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Priors;

public sealed class WindowedPriorTests
{
    private const int Level = 200;
    private static readonly WindowedPriorOptions s_small = new()
    {
        WindowSize = 16,
        Overlap = 6,
        Batch = 5,
        Seed = 1,
    };

    [TestCase(17, 40)]
    [TestCase(61, 33)]
    [TestCase(16, 5)]
    [TestCase(1, 9)]
    public void A_prior_that_works_pixel_by_pixel_sees_no_windows(int height, int width)
    {
        using var scope = NewDisposeScope();
        var inner = new PixelPrior();
        var x = Noise(2, height, width);

        var windowed = new WindowedPrior(inner, s_small with { FixGauge = false }).Denoise(x, Level);

        Assert.That(windowed.shape, Is.EqualTo(x.shape));
        Assert.That(inner.Sizes, Is.All.EqualTo((16L, 16L)));
        Assert.That(inner.LargestBatch, Is.LessThanOrEqualTo(s_small.Batch));
        Assert.That((windowed - inner.Denoise(x, Level)).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void Weights_of_any_axis_add_up_to_one_and_windows_stay_inside()
    {
        foreach (var length in (int[])[16, 17, 26, 27, 45, 100])
        foreach (var shift in (double[])[-1, -0.3, 0, 1])
        {
            var axis = new WindowAxis(length, 16, 6, shift);
            var total = new double[length];
            for (var i = 0; i < axis.Starts.Length; i++)
            for (var at = 0; at < 16; at++)
                total[axis.Starts[i] + at] += axis.Weights[i][at];
            Assert.That(total, Is.All.EqualTo(1).Within(1e-6), $"length {length}, shift {shift}");
            for (var i = 1; i < axis.Starts.Length; i++)
                Assert.That(axis.Starts[i] - axis.Starts[i - 1], Is.InRange(0, 13), "half of the overlap is left");
        }
    }

    [TestCase(2.5f)]
    [TestCase(2.5f + 4 * MathF.PI)]
    [TestCase(-3.1f - 2 * MathF.PI)]
    public void A_field_that_is_turned_gives_the_estimate_turned(float angle)
    {
        using var scope = NewDisposeScope();
        var prior = new WindowedPrior(new PixelPrior(0.05), s_small);
        var transform = new MagnitudePhaseTransform();
        var x = Noise(1, 40, 40) * Math.Sqrt(1 - prior.Schedule.AlphaBar(Level));
        var turn = tensor([angle]);

        var turned = WindowGauge.Turn(transform, prior.Schedule, x, turn, Level);
        var expected = transform.Turn(prior.Denoise(x, Level), turn);

        Assert.That((prior.Denoise(turned, Level) - expected).abs().max().ToDouble(), Is.LessThan(1e-3));
        var loose = new WindowedPrior(new PixelPrior(0.05), s_small with { FixGauge = false });
        Assert.That(
            (loose.Denoise(turned, Level) - expected).abs().max().ToDouble(),
            Is.GreaterThan(1),
            "without the gauge the prior pulls the phase to 0"
        );
    }

    [Test]
    public void The_gauge_of_a_noisy_window_is_found_and_pure_noise_has_none()
    {
        using var scope = NewDisposeScope();
        var transform = new MagnitudePhaseTransform();
        var schedule = NoiseSchedule.Linear();
        var clean = transform.ToChannels(polar(full(1, 64, 64, 0.9f), full(1, 64, 64, 1.2f)));
        foreach (var level in (int[])[10, 220, 400])
        {
            var noisy = schedule.AddNoise(clean, Noise(1, 64, 64), level);
            var found = WindowGauge.Estimate(transform, schedule, noisy, level);
            Assert.That(found[0].ToDouble(), Is.EqualTo(1.2).Within(0.1), $"level {level}");
        }
        Assert.That(WindowGauge.Estimate(transform, schedule, Noise(1, 64, 64), schedule.Steps)[0].ToDouble(), Is.Zero);
    }

    [TestCaseSource(nameof(Turns))]
    public void Turning_channels_turns_the_object(IDataTransform transform)
    {
        using var scope = NewDisposeScope();
        var channels = Noise(2, 5, 7);
        var angles = tensor([0.7f, -2.9f]);
        var turned = transform.ToObject(((IPhaseTurn)transform).Turn(channels, angles));
        var expected = transform.ToObject(channels) * polar(ones(2), angles).view(-1, 1, 1);
        Assert.That((turned - expected).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void One_window_gives_the_prior_itself_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        var inner = new PixelPrior();
        var x = Noise(3, 16, 16) * 9;
        var windowed = new WindowedPrior(inner, s_small).Denoise(x, Level);
        Assert.That(windowed.allclose(inner.Transform.Clip(inner.Denoise(x, Level)), 0, 0), Is.True);
        Assert.That(new WindowedPrior(inner, s_small).WindowCount(16, 37), Is.EqualTo(4));
    }

    [Test]
    public void The_grid_moves_with_level_and_seed_and_the_same_call_gives_the_same_bits()
    {
        using var scope = NewDisposeScope();
        var x = Noise(1, 50, 50);
        Tensor Seam(int level, ulong seed) =>
            new WindowedPrior(new RampPrior(), s_small with { FixGauge = false, Seed = seed }).Denoise(x, level);
        Assert.That(Seam(Level, 1).allclose(Seam(Level, 1), 0, 0), Is.True);
        Assert.That(Seam(Level, 1).allclose(Seam(Level + 7, 1), 0, 0), Is.False);
        Assert.That(Seam(Level, 1).allclose(Seam(Level, 2), 0, 0), Is.False);
    }

    [Test]
    public void Borders_are_where_an_estimate_that_depends_on_the_place_has_its_kinks()
    {
        using var scope = NewDisposeScope();
        var prior = new WindowedPrior(new RampPrior(), s_small with { FixGauge = false });
        var (rows, columns) = prior.Borders(16, 50, Level);
        Assert.That(rows, Is.Empty, "one window");
        // The ramp of each window runs on as long as no other fades in.
        var estimate = prior.Denoise(Noise(1, 16, 50), Level).select(1, 1).select(1, 0)[0].data<float>().ToArray();
        var first = columns[0];
        var slope = estimate[1] - estimate[0];
        for (var x = 1; x < first; x++)
            Assert.That(estimate[x] - estimate[x - 1], Is.EqualTo(slope).Within(1e-5), $"column {x}");
        Assert.That(estimate[first + 3] - estimate[first + 2], Is.Not.EqualTo(slope).Within(1e-3));
        Assert.That(columns, Is.Ordered.Ascending.And.All.InRange(1, 49));
        Assert.That(prior.Borders(16, 50, Level + 7).Columns, Is.Not.EqualTo(columns));
    }

    [Test]
    public void No_tensor_is_left_behind()
    {
        using var x = Noise(1, 40, 30);
        var prior = new WindowedPrior(new PixelPrior(), s_small);
        prior.Denoise(x, Level).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        prior.Denoise(x, Level).Dispose();
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void Bad_options_are_named() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new WindowedPrior(new PixelPrior(), new() { WindowSize = 32, Overlap = 16 }),
                Throws.ArgumentException.With.Message.Contains("Overlap (16)")
            );
            Assert.That(
                () => new WindowedPriorOptions { Batch = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Batch")
            );
        });

    private static IEnumerable<IDataTransform> Turns() => [new MagnitudePhaseTransform(), new RealImaginaryTransform()];

    private static Tensor Noise(long batch, long height, long width)
    {
        using var generator = new Generator(5);
        return randn([batch, 2, height, width], generator: generator);
    }

    /// <summary>x̂₀ = gain·x/√ᾱ, pixel by pixel.</summary>
    private sealed class PixelPrior(double gain = 0.5) : IPrior
    {
        public long LargestBatch { get; private set; }

        public List<(long Height, long Width)> Sizes { get; } = [];

        public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

        public IDataTransform Transform { get; } = new MagnitudePhaseTransform();

        public Tensor Denoise(Tensor x, int level)
        {
            LargestBatch = Math.Max(LargestBatch, x.shape[0]);
            Sizes.Add((x.shape[2], x.shape[3]));
            return x * (gain / Math.Sqrt(Schedule.AlphaBar(level)));
        }
    }

    /// <summary>An estimate that depends on the place in the window, which no real prior should.</summary>
    private sealed class RampPrior : IPrior
    {
        public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

        public IDataTransform Transform { get; } = new MagnitudePhaseTransform();

        public Tensor Denoise(Tensor x, int level)
        {
            using var ramp = linspace(-1, 1, x.shape[3], dtype: ScalarType.Float32);
            return zeros_like(x) + ramp;
        }
    }
}
