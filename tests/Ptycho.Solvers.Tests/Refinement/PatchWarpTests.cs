using Ptycho.IO;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Solvers.Tests.Refinement;

public class PatchWarpTests
{
    private const int Size = 24;
    private const int Window = 8;

    // Two frames that share columns 8 to 11, and unlit borders.
    private static readonly ScanPattern Pair = new([new ScanPosition(8, 4), new ScanPosition(8, 8)]);

    [Test]
    public void WhatAllFramesMoveByIsTheObjectsShift()
    {
        var field = Ramp();
        var moved = Warp(Pair).Apply(field, [(2, -1), (2, -1)]);
        for (var row = 0; row < Size; row++)
        for (var column = 0; column < Size; column++)
        {
            var lit = row is >= 8 and < 16 && column is >= 4 and < 16;
            Assert.That(moved[row, column], Is.EqualTo(lit ? field[row - 2, column + 1] : field[row, column]));
        }
    }

    [Test]
    public void WhatOneFrameAloneSeesMovesAsAWholeAndWhatTwoSeeByTheMean()
    {
        var field = Ramp();
        var moved = Warp(Pair).Apply(field, [(0, 1), (0, 0)]);
        Assert.That(moved[10, 6], Is.EqualTo(field[10, 5]));
        Assert.That(moved[10, 14], Is.EqualTo(field[10, 14]));
        // Both lit alike: half a pixel, which cubic convolution of a ramp gives exactly.
        Assert.That(moved[10, 9].Real, Is.EqualTo((field[10, 8].Real + field[10, 9].Real) / 2).Within(1e-5));
        Assert.That(
            moved[10, 9].Imaginary,
            Is.EqualTo((field[10, 8].Imaginary + field[10, 9].Imaginary) / 2).Within(1e-5)
        );
    }

    [Test]
    public void WithoutShiftsEveryBitStays()
    {
        var field = Ramp();
        var moved = Warp(Pair).Apply(field, [(0, 0), (0, 0)]);
        Assert.That(moved.Real, Is.EqualTo(field.Real));
        Assert.That(moved.Imaginary, Is.EqualTo(field.Imaginary));
        Assert.That(moved.Real, Is.Not.SameAs(field.Real));
    }

    [Test]
    public void PixelsFromBeyondTheObjectAreThoseOfItsBorder()
    {
        var scan = new ScanPattern([new ScanPosition(0, -2)]);
        var field = Ramp();
        var moved = Warp(scan).Apply(field, [(3, 0)]);
        Assert.That(moved[0, 0], Is.EqualTo(field[0, 0]));
        Assert.That(moved[2, 4], Is.EqualTo(field[0, 4]));
        Assert.That(moved[7, 5], Is.EqualTo(field[4, 5]));
        Assert.That(moved[7, 6], Is.EqualTo(field[7, 6]), "not lit");
    }

    private static PatchWarp Warp(ScanPattern scan) => new(UniformFrames.At(scan, Window, Size));

    private static ComplexField Ramp()
    {
        var field = new ComplexField(Size, Size);
        for (var row = 0; row < Size; row++)
        for (var column = 0; column < Size; column++)
            field[row, column] = new(row + 0.25 * column, 2 * column - row);
        return field;
    }
}
