using System.Diagnostics;
using Ptycho.IO.Safetensors;

namespace Ptycho.Tests.Shared;

/// <summary>
/// Feeds damaged checkpoints to whatever reads them. Each must be read, or refused with one of the documented exceptions, in
/// no more memory than the undamaged file takes and sixteen times the damaged file's size.
/// </summary>
internal sealed class DamagedRuns
{
    private const int LargestMultiple = 16;

    // What an exception, its text and a thread pool's own work may take.
    private const long Slack = 256 << 10;
    private readonly string _path;
    private readonly byte[] _good;
    private readonly SafetensorsContent _content;
    private readonly Action _read;
    private readonly Func<Exception, bool> _isDocumented;
    private readonly long _undamaged;

    /// <param name="path">Where the file lies that the reader reads; it holds the undamaged file.</param>
    /// <param name="read">Reads it; may replace it.</param>
    /// <param name="isDocumented">Whether the reader's documentation names this exception for a damaged file.</param>
    public DamagedRuns(string path, Action read, Func<Exception, bool> isDocumented)
    {
        (_path, _read, _isDocumented) = (path, read, isDocumented);
        _good = File.ReadAllBytes(path);
        _content = SafetensorsFile.Read(path);
        for (var i = 0; i < 3; i++)
        {
            File.WriteAllBytes(path, _good);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            read();
            _undamaged = Math.Max(_undamaged, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
    }

    /// <summary>The fixed corpus: damage number 0 and up.</summary>
    public void Fuzz(int count)
    {
        var (refused, slowest, start) = (0, TimeSpan.Zero, Stopwatch.GetTimestamp());
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            if (!Reads(CheckpointDamage.Make(_good, _content, i), $"damage {i}"))
                refused++;
            var took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }
        TestContext.Out.WriteLine(
            $"{count} damaged files of about {_good.Length} bytes in {Stopwatch.GetElapsedTime(start).TotalSeconds:f0} s, "
                + $"{refused} refused, the slowest in {slowest.TotalMilliseconds:f0} ms"
        );
        Assert.That(refused, Is.GreaterThan(count / 3));
    }

    /// <summary>So many proper prefixes, or all, must be refused.</summary>
    public void CutOff(int count)
    {
        for (var length = 0; length < _good.Length; length += Math.Max(1, _good.Length / count))
            Assert.That(Reads(_good[..length], $"the first {length} bytes"), Is.False, $"{length} bytes were read");
    }

    private bool Reads(byte[] bytes, string what)
    {
        File.WriteAllBytes(_path, bytes);
        var before = GC.GetTotalAllocatedBytes(precise: false);
        try
        {
            _read();
            return true;
        }
        catch (Exception e) when (_isDocumented(e))
        {
            return false;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            File.WriteAllBytes(_path, bytes);
            Assert.Fail($"{what}: {e}");
            return false;
        }
        finally
        {
            Assert.That(
                GC.GetTotalAllocatedBytes(precise: false) - before,
                Is.LessThan(_undamaged + LargestMultiple * (long)bytes.Length + Slack),
                what
            );
        }
    }
}
