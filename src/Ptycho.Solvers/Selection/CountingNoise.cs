using Ptycho.Physics.Files;
using Ptycho.Solvers.Classical;

namespace Ptycho.Solvers.Selection;

/// <summary>
/// Maximum likelihood by how many counts there are: fewer want a stronger penalty, and the likelihood of counts. Measured on
/// validation crops at 20, 50 and 74 % overlap with means of 4,000, 400 and 40 counts a pixel, where a strength of .005,
/// .02 and .08 was the best of those tried at each: docs/choosing.md.
/// </summary>
internal static class CountingNoise
{
    /// <summary>Mean counts a pixel that the solver's own defaults were chosen at.</summary>
    private const double Reference = 4000;

    /// <summary>Below so many the square root no longer makes the noise uniform in enough of the pixels.</summary>
    private const double Few = 2000;

    private const double Exponent = 0.6;

    /// <summary>More was measured to blur too much even at a mean of 40 counts.</summary>
    private const double Strongest = 0.3;

    /// <summary>Whether the counts are known to be so few that the noise model matters.</summary>
    internal static bool IsFew(PreflightReport seen) => seen.InCounts && Mean(seen) is > 0 and < Few;

    internal static MaximumLikelihoodOptions Options(PreflightReport seen)
    {
        var options = new MaximumLikelihoodOptions();
        return IsFew(seen)
            ? options with
            {
                Noise = NoiseModel.Poisson,
                Smoothness = Math.Min(Strongest, options.Smoothness * Math.Pow(Reference / Mean(seen), Exponent)),
            }
            : options;
    }

    /// <summary>Mean counts of a measured pixel.</summary>
    internal static double Mean(PreflightReport seen) =>
        seen.MeanFrameIntensity / Math.Max(1, seen.FrameSize.Height * seen.FrameSize.Width - seen.MaskedPixels);
}
