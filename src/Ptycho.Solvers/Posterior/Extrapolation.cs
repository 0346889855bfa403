namespace Ptycho.Solvers.Posterior;

/// <summary>
/// The optimised gradient method (Kim and Fessler, Math. Program. 159, 2016): after the step from z to x' the next point is
/// z' = x' + Along·(x' − x) + Beyond·(x' − z). Nesterov's method is the same with Beyond = 0; this one reaches a bound on the
/// energy in √2 times fewer steps, at no cost.
/// </summary>
internal struct Extrapolation(bool momentum)
{
    private double _t = 1;

    /// <summary>The factors after one more step; none without momentum.</summary>
    internal (double Along, double Beyond) Next()
    {
        if (!momentum)
            return (0, 0);
        var t = _t;
        _t = (1 + Math.Sqrt(1 + 4 * t * t)) / 2;
        return ((t - 1) / _t, t / _t);
    }
}
