using System.Diagnostics;
using Ptycho.IO.Tests.Fuzzing;

namespace Ptycho.IO.Tests;

/// <summary>Feeds damaged files to a reader: it must read them or throw InvalidDataException that names the file.</summary>
public static class Corruption
{
    public const string FileName = "damaged.file";

    /// <summary>More than any small test file needs, and far less than a lying header could ask for.</summary>
    private const long LargestAllocation = 4 << 20;

    public delegate void Reader(Stream stream, string name);

    /// <summary>Every proper prefix must be refused.</summary>
    public static void AssertEveryTruncationIsRefused(byte[] good, Reader read)
    {
        for (var length = 0; length < good.Length; length++)
            Assert.That(Reads(good[..length], read), Is.False, $"{length} of {good.Length} bytes were accepted");
        Assert.That(Reads(good, read), Is.True);
    }

    /// <summary>Seeded damage, as <see cref="Mutator"/> makes it.</summary>
    public static void Fuzz(byte[] good, Reader read, int count, int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        long slowest = 0;
        for (var i = 0; i < count; i++)
        {
            var bytes = Mutator.Mutate(good, random);
            var start = Stopwatch.GetTimestamp();
            if (!Reads(bytes, read))
                refused++;
            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - start);
        }
        TestContext.Out.WriteLine(
            $"{count} damaged files of about {good.Length} bytes, {refused} refused, "
                + $"the slowest in {slowest * 1000.0 / Stopwatch.Frequency:f1} ms"
        );
        // A reader that accepts everything, or a fuzzer that destroys everything, shows nothing.
        Assert.That(refused, Is.InRange(count / 20, count));
    }

    /// <summary>Asserts that a file is read, or refused as it should be; says which.</summary>
    public static bool ReadsOrRefuses(byte[] bytes, Reader read) => Reads(bytes, read);

    private static bool Reads(byte[] bytes, Reader read)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(stream, FileName);
            return true;
        }
        catch (InvalidDataException e)
        {
            Assert.That(e.Message, Does.Contain(FileName));
            return false;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            Assert.Fail($"{e.GetType()} for the bytes {Convert.ToHexString(bytes)}: {e}");
            return false;
        }
        finally
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(LargestAllocation));
        }
    }
}
