using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Trust;

public class DataShareTests
{
    [Test]
    public void LightDecidesWhereThereIsOneChain()
    {
        var share = DataShare.Of([0, 1, 3], 1, null, 0.2, 3);
        Assert.That(share, Is.EqualTo(new[] { 0, 0.5f, 0.75f }));
    }

    [Test]
    public void ChainsThatDisagreeAsMuchAsThePriorLeaveNothingToTheData()
    {
        var light = Enumerable.Repeat(1f, 400).ToArray();
        var variance = new float[400];
        for (var row = 0; row < 20; row++)
            variance.AsSpan(row * 20 + 10, 10).Fill(0.2f);
        var share = DataShare.Of(light, 1e-9, variance, 0.2, 20);
        Assert.That(share[5 * 20], Is.EqualTo(1).Within(1e-6));
        Assert.That(share[5 * 20 + 19], Is.Zero.Within(1e-6));
        Assert.That(share[5 * 20 + 10], Is.InRange(0.3, 0.6), "the variance is averaged over a neighbourhood");
    }
}
