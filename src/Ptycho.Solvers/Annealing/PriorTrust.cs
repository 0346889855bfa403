using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>Adds to a result what its chains and levels tell of the prior: map, mismatch and warnings.</summary>
internal static class PriorTrust
{
    private const double LowSigma = 0.06;
    private const double HighSigma = 0.2;

    internal static ReconstructionResult Judge(
        ReconstructionResult result,
        AnnealedSample sample,
        INormalDiagonal forward,
        IPrior prior,
        double mismatchLimit,
        ILogger logger
    )
    {
        var scale = ChannelScale.MeanSquare(prior.Transform, sample.Objects.device);
        var judged = result with
        {
            DataShare = Map(sample, forward, scale, result.Object.Width),
            PriorMismatch = Mismatch(sample),
        };
        judged = judged with { Warnings = TrustRules.Apply(judged, mismatchLimit) };
        foreach (var warning in judged.Warnings)
            TrustLog.Warned(logger, result.Solver, warning.Message);
        return judged;
    }

    private static float[] Map(AnnealedSample sample, INormalDiagonal forward, double scale, int width)
    {
        using var scope = NewDisposeScope();
        var light = forward.NormalDiagonal.cpu().contiguous().flatten().data<float>().ToArray();
        var chains = sample.Objects.shape[0];
        float[]? variance = null;
        if (chains > 1)
        {
            var deviations = (sample.Objects - sample.Objects.mean([0], keepdim: true)).abs().square();
            var sum = deviations.sum(0L) / (2.0 * (chains - 1));
            variance = sum.cpu().contiguous().flatten().data<float>().ToArray();
        }
        return DataShare.Of(light, sample.ShareLambda, variance, scale, width);
    }

    /// <summary>The mean of the levels whose noise is low enough to judge detail and high enough to need a prior.</summary>
    private static double? Mismatch(AnnealedSample sample)
    {
        var values = LastPass(sample.Levels)
            .Where(level => level.Sigma is > LowSigma and < HighSigma && double.IsFinite(level.PriorMismatch))
            .Select(level => level.PriorMismatch)
            .ToArray();
        return values.Length == 0 ? null : values.Average();
    }

    /// <summary>The levels since the noise last rose: those before knew less of the positions.</summary>
    internal static IEnumerable<AnnealedLevel> LastPass(IReadOnlyList<AnnealedLevel> levels)
    {
        var first = levels.Count - 1;
        while (first > 0 && levels[first - 1].Level > levels[first].Level)
            first--;
        return levels.Skip(first);
    }
}
