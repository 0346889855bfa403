namespace Ptycho.Solvers.Guidance;

/// <summary>
/// The order of guided steps and travels. Places count from the noisiest level, 0, to the clean object, n. After the
/// step from place i the state is at i + 1; it then travels back j places and comes down again, where that stays inside
/// the schedule. Read to the letter, Algorithm 1 of arXiv:2502.18767 drops the travelled state; this is the reading in
/// which it is used, as in RePaint and FreeDoM.
/// </summary>
internal static class TravelPlan
{
    /// <summary>Pairs (place, travel): take the guided step from the place; if travel is above 0, first renoise to the place from travel places further down.</summary>
    internal static IEnumerable<(int Place, int Travel)> Steps(int count, int travel)
    {
        for (var i = 0; i < count; i++)
        {
            yield return (i, 0);
            var back = i + 1 - travel;
            if (travel == 0 || i + 1 >= count || back < 0)
                continue;
            for (var q = back; q <= i; q++)
                yield return (q, q == back ? travel : 0);
        }
    }

    /// <summary>How many guided steps there are.</summary>
    internal static int Count(int count, int travel) =>
        travel == 0 ? count : count + Math.Max(0, count - travel) * travel;
}
