using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Solvers.Tiling;

namespace Ptycho.Solvers.Tests.Tiling;

public sealed class TileStitcherTests
{
    private const int Height = 90;
    private const int Width = 110;

    [TestCase(0)]
    [TestCase(0.35)]
    public void TilesWithKnownPhasesStitchBackToTheTruth(double slope)
    {
        var truth = BloodSmearPhantom.Create(Height, Width, 3);
        var random = new Random(5);
        var tiles = Cut(truth, 40, 28)
            .Select(tile =>
                Turned(tile, new TilePhase(random.NextDouble() * 9 - 4.5, Draw(random, slope), Draw(random, slope)))
            )
            .ToArray();

        var stitched = TileStitcher.Stitch(tiles, Height, Width, alignRamps: slope > 0);

        // The ramp of the whole field is as free as its phase; it has none where constants alone were aligned.
        var found = slope > 0 ? PhaseRamp.Between(stitched.Object, truth).ApplyTo(stitched.Object) : stitched.Object;
        Assert.That(ReconstructionMetrics.Nrmse(found, truth), Is.LessThan(2e-5));
        Assert.That(stitched.Disagreement, Is.LessThan(1e-5));
        Assert.That(stitched.Phases.Average(phase => phase.Constant), Is.EqualTo(0).Within(1e-9));
        Assert.That(stitched.Phases.Average(phase => phase.Rows), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void ThePhasesThatWereGivenToTheTilesAreFound()
    {
        var truth = BloodSmearPhantom.Create(Height, Width, 3);
        double[] given = [0.5, -1, 2.5, 3, -3, 0.1, 1, -2, 0.7, 0.2, 0.3, -0.4];
        var tiles = Cut(truth, 40, 30).Select((t, i) => Turned(t, new TilePhase(given[i % 12], 0, 0))).ToArray();
        var phases = TileStitcher.Stitch(tiles, Height, Width, alignRamps: false).Phases;
        for (var i = 1; i < tiles.Length; i++)
        {
            var left = phases[i].Constant + given[i % 12] - phases[0].Constant - given[0];
            Assert.That(Math.IEEERemainder(left, Math.Tau), Is.EqualTo(0).Within(1e-4), $"tile {i}");
        }
    }

    [Test]
    public void PhasesAreChosenForAllTilesAtOnceSoThatErrorsDoNotAddUpAlongARing()
    {
        // Around a ring of tiles the offsets of neighbours do not close: each pair keeps a share of what is left.
        var truth = ComplexField.Constant(64, 64, 1);
        var tiles = Cut(truth, 40, 24).ToArray();
        Assert.That(tiles, Has.Length.EqualTo(4));
        const double Twist = 0.2;
        // The right edge of the upper left tile is off by a twist, which only its right neighbour sees.
        var bent = tiles[0].Object.Clone();
        for (var y = 0; y < 24; y++)
        for (var x = 24; x < 40; x++)
            bent[y, x] *= Complex.FromPolarCoordinates(1, Twist);
        tiles[0] = tiles[0] with { Object = bent };
        var phases = TileStitcher.Stitch(tiles, 64, 64, alignRamps: false).Phases;
        var jump = phases[1].Constant - phases[0].Constant;
        Assert.That(jump, Is.InRange(0.3 * Twist, 0.95 * Twist), "the ring shares the twist");
    }

    [Test]
    public void WhatATileKnowsBetterCountsMore()
    {
        var one = new FieldTile(0, 0, ComplexField.Constant(20, 30, 1)) { Confidence = Filled(600, 3) };
        var two = new FieldTile(0, 10, ComplexField.Constant(20, 30, 2)) { Confidence = Filled(600, 1) };
        var stitched = TileStitcher.Stitch([one, two], 20, 40, alignRamps: false);
        // In the middle of the overlap both fade alike: (3·1 + 1·2)/4.
        Assert.That((stitched.Object[5, 19] + stitched.Object[5, 20]).Real / 2, Is.EqualTo(1.25).Within(0.01));
        Assert.That(stitched.Object[5, 2].Real, Is.EqualTo(1));
        Assert.That(stitched.Object[5, 38].Real, Is.EqualTo(2));
        Assert.That(stitched.Disagreement, Is.EqualTo(1 / Math.Sqrt(2.5)).Within(1e-6));
    }

    [Test]
    public void WhatIsInNoTileIsZeroAndTilesApartAreAllowed()
    {
        var one = new FieldTile(0, 0, ComplexField.Constant(10, 10, Complex.ImaginaryOne));
        var two = new FieldTile(20, 20, ComplexField.Constant(10, 10, 1));
        var stitched = TileStitcher.Stitch([one, two], 30, 30, alignRamps: true);
        Assert.That(stitched.Object[15, 15], Is.EqualTo(Complex.Zero));
        Assert.That(stitched.Object[25, 25].Magnitude, Is.EqualTo(1).Within(1e-6));
        Assert.That(stitched.Disagreement, Is.Zero);
    }

    [Test]
    public void TilesThatDoNotFitAreNamed()
    {
        var good = new FieldTile(0, 0, ComplexField.Constant(10, 10, 1));
        Refused([good, new FieldTile(5, 25, good.Object)], "Tile 1 (rows 5 to 15, columns 25 to 35)");
        Refused([good with { Confidence = new float[7] }], "Tile 0 has 7 confidences");
        Refused([good with { Confidence = Filled(100, -1) }], "confidence of tile 0");
        var nan = ComplexField.Constant(10, 10, double.NaN);
        Refused([good, good with { Object = nan }], "tile 1");
        Refused([], "no tile");
    }

    private static void Refused(FieldTile[] tiles, string part) =>
        Assert.That(
            () => TileStitcher.Stitch(tiles, 30, 30, alignRamps: false),
            Throws.ArgumentException.With.Message.Contains(part)
        );

    private static float[] Filled(int length, float value) => [.. Enumerable.Repeat(value, length)];

    private static double Draw(Random random, double slope) => slope * (2 * random.NextDouble() - 1);

    private static IEnumerable<FieldTile> Cut(ComplexField field, int size, int step)
    {
        foreach (var row in Starts(field.Height, size, step))
        foreach (var column in Starts(field.Width, size, step))
        {
            var part = new ComplexField(size, size);
            for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                part[y, x] = field[row + y, column + x];
            yield return new FieldTile(row, column, part);
        }
    }

    private static IEnumerable<int> Starts(int length, int size, int step) =>
        Enumerable.Range(0, (length - size + step - 1) / step + 1).Select(i => Math.Min(i * step, length - size));

    private static FieldTile Turned(FieldTile tile, TilePhase phase)
    {
        var turned = tile.Object.Clone();
        for (var y = 0; y < turned.Height; y++)
        for (var x = 0; x < turned.Width; x++)
            turned[y, x] *= phase.Factor(tile, tile.Row + y, tile.Column + x);
        return tile with { Object = turned };
    }
}
