namespace Ptycho.Samples.Shared.Display;

/// <summary>
/// The rate of a count that goes up, and the time that is left. What was there at the first report costs no time, so a
/// run that goes on from a checkpoint is judged by its own pace.
/// </summary>
public sealed class ProgressMeter(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _start;
    private int? _before;
    private int _done;
    private int _total;

    /// <summary>Starts the clock, before the first of the work.</summary>
    /// <param name="before">What was done in an earlier run.</param>
    public void Start(int before = 0)
    {
        (_before, _done) = (before, before);
        _start = _time.GetTimestamp();
    }

    /// <summary>Takes how much is done of how much; starts the clock if it does not run yet.</summary>
    public void Report(int done, int total)
    {
        if (_before is null)
            Start(done);
        (_done, _total) = (done, total);
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _before is null ? TimeSpan.Zero : _time.GetElapsedTime(_start);

    /// <summary>Steps a second; null while nothing can be said.</summary>
    public double? Rate =>
        _before is { } before && _done > before && Elapsed > TimeSpan.Zero
            ? (_done - before) / Elapsed.TotalSeconds
            : null;

    /// <summary>Time to the end at this rate; null while nothing can be said.</summary>
    public TimeSpan? Left => Rate is { } rate ? TimeSpan.FromSeconds(Math.Max(0, _total - _done) / rate) : null;

    /// <summary>Rate and time left, such as "12.5/s, 0:40 left"; empty while nothing can be said.</summary>
    public override string ToString() =>
        Rate is { } rate && Left is { } left
            ? FormattableString.Invariant(
                $"{(rate >= 1 ? $"{Short(rate)}/s" : $"{Short(1 / rate)} s each")}, {Clock(left)} left"
            )
            : "";

    /// <summary>A time as 0:07, 12:30 or 3:05:00.</summary>
    public static string Clock(TimeSpan time)
    {
        // A remainder of half a second is not nothing.
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return hours > 0
            ? FormattableString.Invariant($"{hours}:{minutes:D2}:{seconds % 60:D2}")
            : FormattableString.Invariant($"{minutes}:{seconds % 60:D2}");
    }

    private static string Short(double value) =>
        value >= 100 ? FormattableString.Invariant($"{value:F0}") : FormattableString.Invariant($"{value:G3}");
}
