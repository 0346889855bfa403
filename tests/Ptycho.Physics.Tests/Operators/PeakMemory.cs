using System.Globalization;

namespace Ptycho.Physics.Tests.Operators;

/// <summary>How far the memory of this process rises while something is done; Linux alone tells.</summary>
internal static class PeakMemory
{
    /// <summary>Bytes between the resident memory before and its peak meanwhile.</summary>
    public static long Of(Action work)
    {
        GC.Collect();
        // 5 sets the peak to what is resident now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Read("VmRSS:");
        work();
        return Read("VmHWM:") - before;
    }

    private static long Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2), CultureInfo.InvariantCulture);
    }
}
