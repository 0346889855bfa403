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

    /// <summary>Seeded damage: bytes changed, inserted, removed, or a piece copied elsewhere.</summary>
    public static void Fuzz(byte[] good, Reader read, int count, int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < count; i++)
            if (!Reads(Mutate(good, random), read))
                refused++;
        // A reader that accepts everything, or a fuzzer that destroys everything, shows nothing.
        Assert.That(refused, Is.InRange(count / 20, count));
    }

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

    private static byte[] Mutate(byte[] good, Random random)
    {
        var bytes = new List<byte>(good);
        for (var edits = random.Next(1, 5); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                default:
                    for (var i = 0; i < length; i++)
                        bytes[at + i] = (byte)random.Next(256);
                    break;
            }
        }
        return [.. bytes];
    }
}
