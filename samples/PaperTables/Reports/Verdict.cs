namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>How two means compare.</summary>
internal static class Verdict
{
    /// <summary>
    /// "better" or "worse" where the means differ by more than two standard errors of their difference, else "equal".
    /// </summary>
    /// <remarks>One crop has no deviation to judge by.</remarks>
    /// <param name="ours">Our mean and deviation.</param>
    /// <param name="n">Over so many crops.</param>
    /// <param name="theirs">The paper's, over its 50.</param>
    /// <param name="lessIsBetter">True for an error, false for a similarity.</param>
    public static string Of(Score ours, int n, Score theirs, bool lessIsBetter)
    {
        if (n < 2)
            return "one crop only";
        var error = Math.Sqrt(ours.Std * ours.Std / n + theirs.Std * theirs.Std / PaperScore.N);
        var gain = lessIsBetter ? theirs.Mean - ours.Mean : ours.Mean - theirs.Mean;
        if (Math.Abs(gain) <= 2 * error)
            return "equal";
        return gain > 0 ? "better" : "worse";
    }
}
