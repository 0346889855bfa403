using Ptycho.IO;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Operators;

/// <summary>What the tensor solvers take from a scan: moved positions, changed probes, differences, the margin.</summary>
public class ScanTensorsTests
{
    private static readonly ScanPosition[] Before = [new(-1, 2), new(3, 1), new(4, -2)];
    private static readonly ScanPosition[] After = [new(-1.5, 2.25), new(3.75, 0.5), new(3.5, -1.5)];

    [Test]
    public void AMovedScanIsOneThatWasMadeThere()
    {
        var (probe, other) = (Noise(1, 6, 5), Noise(2, 6, 5));
        using var scope = NewDisposeScope();
        using var moved = Scan(Before, probe, movable: 2);
        using var made = Scan(After, other, movable: 2, moved.Windows);
        moved.MoveTo(After);
        moved.Probe.copy_(made.Probe);
        moved.ProbeChanged();
        var padded = moved.Pad(Noise(3, 9, 8).ToTensor().unsqueeze(0));
        AssertSame(moved.ProbeAt(moved.Places), made.ProbeAt(made.Places));
        AssertSame(moved.Cut(padded, moved.Places), made.Cut(padded, made.Places));
    }

    [Test]
    public void ShiftsAreUndone()
    {
        var probe = Noise(1, 6, 5);
        using var scope = NewDisposeScope();
        using var scan = Scan(After, probe, movable: 0);
        using var whole = Scan(Before, probe, movable: 0);
        var there = scan.ProbeAt(scan.Places);
        AssertSame(scan.ToWholePixels(there, scan.Places), scan.Probe.expand(1, 3, 1, 6, 5));
        Assert.That(whole.IsFractional, Is.False);
        Assert.That(whole.ProbeAt(whole.Places).shape, Is.EqualTo(new long[] { 1, 1, 1, 6, 5 }));
        Assert.That(whole.ToWholePixels(there, whole.Places), Is.SameAs(there));
    }

    [Test]
    public void DifferencesAreCentralOnes()
    {
        var image = Noise(3, 9, 8);
        using var scope = NewDisposeScope();
        using var scan = Scan(Before, Noise(1, 6, 5), movable: 1);
        var (rows, columns) = scan.Differences(scan.Pad(image.ToTensor().unsqueeze(0)), scan.Places);
        for (var k = 0; k < 3; k++)
        for (var y = 0; y < 6; y++)
        for (var x = 0; x < 5; x++)
        {
            var (row, column) = ((int)Before[k].Row + y, (int)Before[k].Column + x);
            var down = (At(row + 1, column) - At(row - 1, column)) / 2;
            var right = (At(row, column + 1) - At(row, column - 1)) / 2;
            Assert.That(rows[0, k, y, x].real.ToDouble(), Is.EqualTo(down).Within(1e-6));
            Assert.That(columns[0, k, y, x].real.ToDouble(), Is.EqualTo(right).Within(1e-6));
        }

        double At(int row, int column) => row is >= 0 and < 9 && column is >= 0 and < 8 ? image[row, column].Real : 0;
    }

    [Test]
    public void TheMarginIsClearedAndNothingElse()
    {
        using var scope = NewDisposeScope();
        using var scan = Scan(Before, Noise(1, 6, 5), movable: 2);
        var padded = ones([1, scan.PaddedSize], complex64);
        scan.ClearMargin(padded);
        Assert.That(padded.real.sum().ToDouble(), Is.EqualTo(72));
        Assert.That(scan.Crop(padded).real.min().ToDouble(), Is.EqualTo(1));
    }

    [Test]
    public void EachObjectMayHaveAScanAndAProbeOfItsOwn([Values] bool fractional)
    {
        ScanPosition[][] positions = fractional ? [Before, After] : [Before, [new(0, 0), new(2, 2), new(-1, 1)]];
        ComplexField[] probes = [Noise(1, 6, 5), Noise(2, 6, 5)];
        using var scope = NewDisposeScope();
        using var both = new ScanTensors(
            [.. positions.Select(p => new ScanPattern(p))],
            [.. probes.Select(p => Probe.FromField(p))],
            9,
            8,
            CPU
        );
        Assert.That(both.IsFractional, Is.EqualTo(fractional));
        var images = stack([Noise(3, 9, 8).ToTensor(), Noise(4, 9, 8).ToTensor()]);
        var (padded, added) = (both.Pad(images), zeros([2, both.PaddedSize], complex64));
        var windows = both.Cut(padded, both.Places);
        both.Add(added, windows, both.Places);
        var last = both.Places.OfObjects(1, 1).Narrow(1, 2).Ordered(tensor(new long[] { 1, 0 }));
        Assert.That(last.Count, Is.EqualTo(2));
        for (var b = 0; b < 2; b++)
        {
            using var one = new ScanTensors(
                [new ScanPattern(positions[b])],
                [Probe.FromField(probes[b])],
                9,
                8,
                CPU,
                windows: both.Windows
            );
            var (alone, sum) = (one.Pad(images.narrow(0, b, 1)), zeros([1, one.PaddedSize], complex64));
            var cut = one.Cut(alone, one.Places);
            one.Add(sum, cut, one.Places);
            AssertSame(windows.narrow(0, b, 1), cut);
            AssertSame(added.narrow(0, b, 1), sum);
            AssertSame(both.ProbeAt(both.Places).narrow(0, b, 1), one.ProbeAt(one.Places));
            Assert.That(one.Places.OfObjects(0, 1), Is.SameAs(one.Places));
            if (b == 1)
            {
                AssertSame(both.Cut(padded.narrow(0, 1, 1), last), cut.index_select(1, tensor(new long[] { 2, 1 })));
                if (fractional)
                    AssertSame(both.ProbeAt(last, 1)[0, 0], one.ProbeAt(one.Places)[0, 2]);
            }
        }
    }

    [Test]
    public void WhereNoWindowOverhangsNothingIsPadded()
    {
        using var scope = NewDisposeScope();
        using var scan = Scan([new(0, 0), new(3, 3)], Noise(1, 6, 5), movable: 0);
        var image = Noise(3, 9, 8).ToTensor().unsqueeze(0);
        Assert.That(scan.PaddedSize, Is.EqualTo(72));
        Assert.That(scan.Windows.RowStride, Is.EqualTo(8));
        Assert.That(scan.Windows.Overhangs, Is.False);
        var padded = scan.Pad(image);
        Assert.That(padded.shape, Is.EqualTo(new long[] { 1, 72 }));
        scan.ClearMargin(padded);
        AssertSame(scan.Crop(padded), image);
    }

    // Windows of 6×5 in 9×8 pixels, with a margin where they overhang and, where they may move, as much more and one pixel.
    [TestCase(-1, 0, 0, 10, 8)]
    [TestCase(4, 0, 0, 10, 8)]
    [TestCase(0, -2, 0, 9, 10)]
    [TestCase(0, 4, 0, 9, 9)]
    [TestCase(0, 0, 0.5, 11, 10)]
    [TestCase(3, 3, 1, 11, 10)]
    [TestCase(3, 3, 1.5, 12, 11)]
    public void TheMarginIsAsWideAsWindowsNeed(int row, int column, double movable, int rows, int columns)
    {
        var windows = new WindowMap([new ScanPattern([new(row, column)])], 6, 5, 9, 8, movable);
        Assert.That(windows.RowStride, Is.EqualTo(columns));
        Assert.That(windows.PaddedSize, Is.EqualTo(rows * columns));
        Assert.That(windows.Overhangs, Is.True);
    }

    private static ScanTensors Scan(
        ScanPosition[] positions,
        ComplexField probe,
        double movable,
        WindowMap? windows = null
    ) => new([new ScanPattern(positions)], [Probe.FromField(probe)], 9, 8, CPU, movable, windows);

    private static void AssertSame(Tensor actual, Tensor expected) =>
        Assert.That((actual - expected).abs().max().ToDouble(), Is.LessThan(1e-5));

    private static ComplexField Noise(int seed, int height, int width)
    {
        var random = new Random(seed);
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        return field;
    }
}
