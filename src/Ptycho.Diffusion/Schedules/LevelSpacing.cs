namespace Ptycho.Diffusion.Schedules;

/// <summary>Falling sequences of levels that a sampler visits; each ends at a level of at least 1, before level 0.</summary>
public static class LevelSpacing
{
    /// <summary>
    /// Levels round(last + (start − last)·u^power), u = 1 … 0 equally spaced; power 1 is even spacing in the level,
    /// larger powers spend more steps at low noise. Levels that round to the same number are kept once.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="count">How many levels, at least 1; fewer are returned if there are not so many.</param>
    /// <param name="start">The first (noisiest) level; N if not given.</param>
    /// <param name="last">The last level, at least 1.</param>
    /// <param name="power">The exponent, positive.</param>
    /// <returns>Levels in falling order.</returns>
    public static int[] Power(NoiseSchedule schedule, int count, int? start = null, int last = 1, double power = 1)
    {
        var first = CheckRange(schedule, count, start, last);
        if (!(power > 0) || double.IsInfinity(power))
            throw new ArgumentOutOfRangeException(nameof(power), power, "The power must be positive and finite.");
        return Distinct(
            count,
            first,
            last,
            u => (int)Math.Round(last + (first - last) * Math.Pow(u, power), MidpointRounding.AwayFromZero)
        );
    }

    /// <summary>Levels equally spaced in log σ, which suits high-order solvers.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="count">How many levels, at least 1; fewer are returned if there are not so many.</param>
    /// <param name="start">The first (noisiest) level; N if not given.</param>
    /// <param name="last">The last level, at least 1.</param>
    /// <returns>Levels in falling order.</returns>
    public static int[] LogSigma(NoiseSchedule schedule, int count, int? start = null, int last = 1)
    {
        var first = CheckRange(schedule, count, start, last);
        var (high, low) = (Math.Log(schedule.Sigma(first)), Math.Log(schedule.Sigma(last)));
        return Distinct(
            count,
            first,
            last,
            u => Math.Clamp(schedule.NearestLevel(Math.Exp(low + (high - low) * u)), last, first)
        );
    }

    private static int[] Distinct(int count, int first, int last, Func<double, int> levelAt)
    {
        if (count == 1 || first == last)
            return [first];
        var levels = new List<int>(count);
        for (var i = 0; i < count; i++)
        {
            var level = levelAt(1 - i / (double)(count - 1));
            if (levels.Count == 0 || level < levels[^1])
                levels.Add(level);
        }
        return [.. levels];
    }

    private static int CheckRange(NoiseSchedule schedule, int count, int? start, int last)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var first = start ?? schedule.Steps;
        if (first < 1 || first > schedule.Steps)
            throw new ArgumentOutOfRangeException(nameof(start), first, $"The start level must be 1…{schedule.Steps}.");
        if (last < 1 || last > first)
            throw new ArgumentOutOfRangeException(nameof(last), last, $"The last level must be 1…{first}.");
        return first;
    }
}
