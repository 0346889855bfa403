using System.Globalization;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Trust;

/// <summary>
/// When a result is warned about. The limits leave every validation crop and every phantom below at counts of 1e5 and
/// 20, 50 and 70 % overlap: docs/method.md has the figures.
/// </summary>
internal static class TrustRules
{
    /// <summary>χ² over the frames used; an object fitted to its own frames stays below 1.</summary>
    private const double LargestChiSquare = 1.2;

    /// <summary>χ² of the worst frame, whose mean over a thousand pixels scatters by .05.</summary>
    private const double LargestFrameChiSquare = 2;

    /// <summary>Relative residual of held-out frames beyond what their noise gives.</summary>
    private const double LargestExcess = 0.06;

    /// <summary>Mean of the map below which a picture is mostly the prior's.</summary>
    private const double LeastShare = 0.25;

    /// <summary>The rules for a result of the data alone.</summary>
    internal static IReadOnlyList<TrustWarning> WithoutPrior(ReconstructionResult result)
    {
        var warnings = new List<TrustWarning>();
        Data(
            result,
            "It may need more iterations; else something of the model is wrong: probe, positions, axes, counts per unit, or "
                + "light that is partly coherent (further modes).",
            warnings
        );
        HeldOut(result, "What lies where only they see is not known.", warnings);
        return warnings;
    }

    /// <summary>The rules for a result with a prior.</summary>
    /// <param name="result">The result with its statistics.</param>
    /// <param name="mismatchLimit">The prior mismatch above which the sample is not of the prior's kind.</param>
    internal static IReadOnlyList<TrustWarning> Apply(ReconstructionResult result, double mismatchLimit)
    {
        var warnings = new List<TrustWarning>();
        Data(result, "The prior does not fit the sample, or probe, positions or counts per unit are wrong.", warnings);
        HeldOut(result, "What lies where only they see is the prior's, and wrong.", warnings);
        if (result.PriorMismatch is { } mismatch && mismatch > mismatchLimit)
            warnings.Add(
                Warning(
                    TrustWarningKind.PriorMismatch,
                    Text(
                        $"the prior does not fit this sample: it takes {mismatch:F2} of the noise's power away from the object "
                    )
                        + Text(
                            $"where its own kind loses less than {mismatchLimit:F2}. Do not trust detail that only the prior "
                        )
                        + "can know; use more overlap with a classical solver, or a prior of such samples.",
                    mismatch,
                    mismatchLimit
                )
            );
        if (result.DataShare is { } share && share.Average() < LeastShare)
            warnings.Add(
                Warning(
                    TrustWarningKind.PriorFilledIn,
                    Text(
                        $"the data decide only {share.Average():P0} of this object; the rest is what the prior expects."
                    ),
                    1 - share.Average(),
                    1 - LeastShare
                )
            );
        return warnings;
    }

    private static void Data(ReconstructionResult result, string cause, List<TrustWarning> warnings)
    {
        if (result.FrameChiSquare is not { } all)
            return;
        var used = Enumerable
            .Range(0, all.Count)
            .Where(k => double.IsFinite(all[k]) && result.HeldOut?.Frames.Contains(k) != true)
            .ToArray();
        if (used.Length == 0)
            return;
        var mean = used.Average(k => all[k]);
        var worst = used.MaxBy(k => all[k]);
        if (mean > LargestChiSquare)
            warnings.Add(
                Warning(
                    TrustWarningKind.DataMisfit,
                    Text(
                        $"the object does not explain the frames: χ² is {mean:F2} a pixel where counting noise gives 1. "
                    ) + cause,
                    mean,
                    LargestChiSquare
                )
            );
        else if (all[worst] > LargestFrameChiSquare)
            warnings.Add(
                Warning(
                    TrustWarningKind.DataMisfit,
                    Text(
                        $"the object does not explain frame {worst}: its χ² is {all[worst]:F2} a pixel where counting noise "
                    ) + "gives 1. Look at the frame and its position, and at this place of the object.",
                    all[worst],
                    LargestFrameChiSquare
                )
            );
    }

    private static void HeldOut(ReconstructionResult result, string consequence, List<TrustWarning> warnings)
    {
        if (result.HeldOut is not { ChiSquare: { } chiSquare } heldOut || !(chiSquare > 1))
            return;
        var excess = heldOut.Residual * Math.Sqrt(1 - 1 / chiSquare);
        if (excess > LargestExcess)
            warnings.Add(
                Warning(
                    TrustWarningKind.HeldOutMisfit,
                    Text($"frames that were held out are not predicted: their residual is {heldOut.Residual:F3}, χ² ")
                        + Text($"{chiSquare:F1} a pixel. ")
                        + consequence,
                    excess,
                    LargestExcess
                )
            );
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TrustWarning Warning(TrustWarningKind kind, string message, double value, double limit) =>
        new(kind, message, value, limit);
}
