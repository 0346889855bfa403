namespace Ptycho.Solvers.Classical.Runs;

/// <summary>Judges the residuals of one object: which are good, and when it diverges.</summary>
internal sealed class ResidualWatch
{
    private const double GoodBelow = 2;

    // A model that is worse than none, and ten times as bad as it was, does not come back.
    private const double DivergedAbove = 10;

    /// <summary>The smallest residual so far.</summary>
    internal double Smallest { get; private set; } = double.PositiveInfinity;

    internal bool Diverges(double residual) => residual > 1 && residual > DivergedAbove * Smallest;

    /// <summary>Takes note of a residual; whether it is below twice the smallest, so that its object is worth keeping.</summary>
    internal bool Accept(double residual)
    {
        Smallest = Math.Min(Smallest, residual);
        return residual <= GoodBelow * Smallest;
    }
}
