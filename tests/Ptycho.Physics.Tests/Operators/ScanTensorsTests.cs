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
