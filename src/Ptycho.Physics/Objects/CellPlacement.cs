using MathNet.Numerics.Distributions;

namespace Ptycho.Physics.Objects;

/// <summary>Decides where the cells lie and what each is like.</summary>
internal static class CellPlacement
{
    private const int Trials = 12;
    private const double GhostShare = 0.06;

    /// <summary>Draws red cells, single or in chains, dense cells, and platelets, over the picture and a margin.</summary>
    public static IReadOnlyList<Cell> Draw(int height, int width, BloodSmearPhantomOptions options, Random random)
    {
        var margin = 2 * options.CellRadius;
        var area = (height + 2 * margin) * (width + 2 * margin);
        var count = (int)Math.Round(options.Coverage * area / (Math.PI * options.CellRadius * options.CellRadius));
        var cells = new List<Cell>(count);
        var crowd = new Crowd(2 * options.CellRadius);
        var heading = 0.0;
        for (var k = 0; k < count; k++)
        {
            var chained = k > 0 && Bernoulli.Sample(random, options.ChainShare) == 1;
            if (!chained)
                heading = Angle(random);
            (double Y, double X) best = default;
            var bestRoom = double.NegativeInfinity;
            // The roomiest of a few places: cells in a smear push each other aside.
            for (var trial = 0; trial < Trials; trial++)
            {
                var place = chained ? Beside(cells[^1], ref heading, random) : Anywhere(height, width, margin, random);
                var room = Math.Min(crowd.Room(place.Y, place.X), 1.9 * options.CellRadius);
                if (room > bestRoom)
                    (best, bestRoom) = (place, room);
                if (room >= (chained ? 1.2 : 1.9) * options.CellRadius)
                    break;
            }
            crowd.Add(best.Y, best.X);
            var dense = Bernoulli.Sample(random, options.DenseShare) == 1;
            cells.Add(dense ? Dense(best, options, random) : Red(best, options, random));
        }
        var platelets = (int)Math.Round(options.PlateletShare * count);
        for (var k = 0; k < platelets; k++)
            cells.Add(Platelet(Anywhere(height, width, margin, random), options, random));
        return cells;
    }

    private static (double Y, double X) Anywhere(int height, int width, double margin, Random random) =>
        (
            ContinuousUniform.Sample(random, -margin, height + margin),
            ContinuousUniform.Sample(random, -margin, width + margin)
        );

    private static (double Y, double X) Beside(Cell cell, ref double heading, Random random)
    {
        heading += Normal.Sample(random, 0, 0.5);
        var (sin, cos) = Math.SinCos(heading);
        var distance = ContinuousUniform.Sample(random, 1.2, 1.8) * cell.Radius;
        return (cell.Y + distance * sin, cell.X + distance * cos);
    }

    private static Cell Red((double Y, double X) at, BloodSmearPhantomOptions options, Random random)
    {
        // Some cells have lost their content: a faint ring stays.
        var ghost = Bernoulli.Sample(random, GhostShare) == 1;
        var strength = ghost ? 0.35 : Normal.Sample(random, 1, 0.12);
        var rim = ContinuousUniform.Sample(random, 0.01, 0.05);
        return new Cell(
            at.Y,
            at.X,
            options.CellRadius * Math.Clamp(Normal.Sample(random, 1, 0.1), 0.7, 1.3),
            ContinuousUniform.Sample(random, 1, 1.2),
            Angle(random),
            ghost ? 0.8 : Math.Clamp(Normal.Sample(random, 0.12, 0.12), 0, 0.7),
            options.CellPhase * strength,
            options.CellAbsorption * strength,
            rim,
            rim
        );
    }

    private static Cell Dense((double Y, double X) at, BloodSmearPhantomOptions options, Random random) =>
        new(
            at.Y,
            at.X,
            options.CellRadius * ContinuousUniform.Sample(random, 0.68, 0.9),
            ContinuousUniform.Sample(random, 1, 1.2),
            Angle(random),
            ContinuousUniform.Sample(random, 0, 0.2),
            options.CellPhase * ContinuousUniform.Sample(random, 2.2, 3.6),
            options.CellAbsorption * ContinuousUniform.Sample(random, 4, 5.5),
            ContinuousUniform.Sample(random, 0.2, 0.6),
            0.02
        );

    private static Cell Platelet((double Y, double X) at, BloodSmearPhantomOptions options, Random random) =>
        new(
            at.Y,
            at.X,
            options.CellRadius * ContinuousUniform.Sample(random, 0.16, 0.32),
            ContinuousUniform.Sample(random, 1, 1.3),
            Angle(random),
            0,
            options.CellPhase * ContinuousUniform.Sample(random, 0.3, 0.8),
            options.CellAbsorption * ContinuousUniform.Sample(random, 0.4, 1.3),
            0.03,
            0.01
        );

    private static double Angle(Random random) => ContinuousUniform.Sample(random, 0, 2 * Math.PI);
}
