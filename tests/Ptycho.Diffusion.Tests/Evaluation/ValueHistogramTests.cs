using Ptycho.Diffusion.Evaluation;

namespace Ptycho.Diffusion.Tests.Evaluation;

public sealed class ValueHistogramTests
{
    [Test]
    public void Values_are_counted_in_their_bins_and_beyond_the_ends_in_the_last_ones()
    {
        var histogram = ValueHistogram.Of([-5, 0, 0.9f, 1, 2.5f, 3.9f, 4, 99], 0, 4, bins: 4);
        Assert.That(histogram.Shares, Is.EqualTo(new[] { 3 / 8.0, 1 / 8.0, 1 / 8.0, 3 / 8.0 }));
        Assert.That(histogram.BinWidth, Is.EqualTo(1));
    }

    [Test]
    public void A_shift_of_all_values_is_the_earth_movers_distance()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 2000).Select(_ => (float)random.NextDouble()).ToArray();
        var shifted = values.Select(x => x + 0.5f).ToArray();
        var (a, b) = (ValueHistogram.Of(values, 0, 2, 40), ValueHistogram.Of(shifted, 0, 2, 40));
        Assert.That(a.EarthMover(b), Is.EqualTo(0.5).Within(1e-3));
        Assert.That(b.EarthMover(a), Is.EqualTo(a.EarthMover(b)).Within(1e-12));
        Assert.That(a.TotalVariation(b), Is.EqualTo(0.5).Within(0.05));
        Assert.That(a.EarthMover(a), Is.Zero);
    }

    [Test]
    public void Disjoint_histograms_differ_by_all()
    {
        var (a, b) = (ValueHistogram.Of([0.1f], 0, 1), ValueHistogram.Of([0.9f], 0, 1));
        Assert.That(a.TotalVariation(b), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Histograms_of_other_bins_and_values_that_are_no_numbers_are_refused()
    {
        var histogram = ValueHistogram.Of([0.5f], 0, 1);
        Assert.That(() => histogram.EarthMover(ValueHistogram.Of([0.5f], 0, 2)), Throws.ArgumentException);
        Assert.That(() => histogram.TotalVariation(ValueHistogram.Of([0.5f], 0, 1, 8)), Throws.ArgumentException);
        Assert.That(
            () => ValueHistogram.Of([0, float.NaN], 0, 1),
            Throws.ArgumentException.With.Message.Contains("Value 1")
        );
        Assert.That(() => ValueHistogram.Of([], 0, 1), Throws.ArgumentException);
        Assert.That(() => ValueHistogram.Of([0], 1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => ValueHistogram.Of([0], 0, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
