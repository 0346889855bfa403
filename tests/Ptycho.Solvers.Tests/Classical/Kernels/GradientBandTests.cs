using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Tests.Classical.Tensors;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>Rows that share places hold what rows of a whole plane hold, as long as they are emptied in time.</summary>
public sealed unsafe class GradientBandTests
{
    [Test]
    public void RowsTakeTurnsAfterThoseOfTheirOwn()
    {
        var band = new GradientBand(stride: 16, first: 10, rows: 20, own: 3, shared: 5);
        var start = band.At(10, 0).First.Re;
        for (var row = 10; row < 30; row++)
        {
            var place = row < 13 ? row - 10 : 3 + (row - 13) % 5;
            var found = band.At(row, 2);
            Assert.That((long)(found.First.Re - start), Is.EqualTo(16 * place + 2), $"row {row}");
            Assert.That((found.Turn, (int)found.Back), Is.EqualTo((8 - place, 5 * 16)), $"row {row}");
        }

        GC.KeepAlive(band);
    }

    [TestCase("whole", 1, 4)]
    [TestCase("whole", 3, 4)]
    [TestCase("mask", 2, 1)]
    [TestCase("modes", 3, 4)]
    [TestCase("fractions", 4, 7)]
    public void ABandThatIsEmptiedInTimeHoldsTheSumsOfAPlane(string variant, int count, int rows)
    {
        var measurement = Simulated.Measure(1, variant);
        var plan = new ScanPlan(measurement);
        var engine = new FrameEngine(plan, new ProbeState(plan, measurement.Probe, 1, ObjectWeighting.Gradient));
        var (image, sums, expected) = (Plane(), Plane(), Plane());
        plan.Fill(1, Of(image));
        var whole = FlowPart.Split(plan, count);
        foreach (var part in whole)
        foreach (var frame in part.Frames)
            engine.Step(Of(image), frame, part.Band.Plane);
        for (var block = 0; block * rows < measurement.ObjectHeight; block++)
            Collect(whole, block, expected);

        var parts = FlowPart.Split(plan, count, rows);
        var schedule = new RowSchedule(plan, parts, rows);
        for (var pass = 0; pass < 2; pass++)
        {
            // On several threads a later part may be done before an earlier one.
            var backwards = pass == 1;
            sums.Span.Clear();
            schedule.Begin();
            foreach (var p in Enumerable.Range(0, count).Select(p => backwards ? count - 1 - p : p))
                for (int i = 0, waiting = 0; i < parts[p].Frames.Length; i++)
                {
                    engine.Step(Of(image), parts[p].Frames[i], parts[p].Band, -1);
                    schedule.Done(p, i, ref waiting, 0, (_, block) => Collect(parts, block, sums));
                }

            Assert.That(expected.Span.ToArray(), Has.Some.Not.Zero);
            Assert.That(sums.Span.ToArray(), Is.EqualTo(expected.Span.ToArray()), $"backwards: {backwards}");
        }

        AlignedBuffer Plane() => new(2 * plan.PlaneLength);
        Planes Of(AlignedBuffer buffer) => Planes.Of(buffer, plan.PlaneLength);

        // Adds a block of all parts up, and empties it.
        void Collect(FlowPart[] from, int block, AlignedBuffer target)
        {
            var (top, left) = Math.DivRem(plan.ObjectStart, plan.Stride);
            for (var row = block * rows; row < Math.Min(measurement.ObjectHeight, (block + 1) * rows); row++)
                foreach (var part in from.Where(part => part.Touches(top + row)))
                {
                    var source = part.Band.At(top + row, left).First;
                    var sum = Of(target) + ((top + row) * plan.Stride + left);
                    for (var column = 0; column < measurement.ObjectWidth; column++)
                    {
                        sum.Re[column] += source.Re[column];
                        sum.Im[column] += source.Im[column];
                        (source.Re[column], source.Im[column]) = (0, 0);
                    }
                }
        }
    }
}
