using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ptycho.IO.Tests.Fuzzing;

namespace Ptycho.Physics.Tests.Fuzzing;

/// <summary>
/// The process that reads damaged files: a native library may end it. Before each file its number is written down, so
/// that whoever started it knows at which one it ended.
/// </summary>
internal static class FuzzProgram
{
    /// <summary>Exit code of a reader that threw something else than it documents.</summary>
    public const int WrongException = 3;

    /// <param name="args">Reader, good file, folder for its files, first number, one past the last.</param>
    public static int Main(string[] args)
    {
        if (args is not [var reader, var good, var folder, var first, var end])
            return 0;
        var result = new FuzzResult();
        var bytes = File.ReadAllBytes(good);
        var read = FieldReaders.All[reader];
        var damaged = Path.Combine(folder, "damaged.h5");
        using var progress = File.OpenHandle(Path.Combine(folder, "progress"), FileMode.OpenOrCreate, FileAccess.Write);
        for (var i = Parse(first); i < Parse(end); i++)
        {
            RandomAccess.Write(progress, BitConverter.GetBytes(i), 0);
            File.WriteAllBytes(damaged, Mutator.Mutate(bytes, i));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            try
            {
                read(damaged);
                result.Read++;
            }
            catch (InvalidDataException e) when (e.Message.Contains(damaged, StringComparison.Ordinal))
            {
                result.Refused++;
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"{reader}, damage {i}: {e}");
                return WrongException;
            }
            result.SlowestMilliseconds = Math.Max(
                result.SlowestMilliseconds,
                Stopwatch.GetElapsedTime(start).TotalMilliseconds
            );
            result.LargestAllocation = Math.Max(
                result.LargestAllocation,
                GC.GetAllocatedBytesForCurrentThread() - allocated
            );
        }
        using (var self = Process.GetCurrentProcess())
            result.PeakMemory = self.PeakWorkingSet64;
        File.WriteAllText(Path.Combine(folder, "result.json"), JsonSerializer.Serialize(result));
        return 0;
    }

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
