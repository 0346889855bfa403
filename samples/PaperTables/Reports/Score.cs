using System.Globalization;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>A mean and its deviation over crops.</summary>
internal readonly record struct Score(double Mean, double Std)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:F3} ± {Std:F3}");
}

/// <summary>NRMSE and SSIM of one row of the paper, over its 50 test images.</summary>
internal sealed record PaperScore(Score Nrmse, Score Ssim)
{
    /// <summary>The paper's test images.</summary>
    public const int N = 50;

    public static PaperScore Of(double nrmse, double nrmseStd, double ssim, double ssimStd) =>
        new(new Score(nrmse, nrmseStd), new Score(ssim, ssimStd));
}
