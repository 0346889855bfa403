using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>
/// One mode goes to the detector and back in a pass of its own; with a second mode of zeros the same step is taken by
/// the general way.
/// </summary>
public class FrameEngineTests
{
    [Test]
    public void OneModeAgreesWithTheGeneralWay(
        [Values("32x32", "16x48", "20x36", "17x13", "100x19", "5x16")] string size,
        [Values("whole", "fractions", "border", "mask", "movable")] string variant
    )
    {
        var (height, width) = (int.Parse(size.Split('x')[0]), int.Parse(size.Split('x')[1]));
        var random = new Random(height * width);
        var probe = Field(random, height, width);
        var border = variant == "border" ? 3 : 0;
        var fraction = variant == "fractions" ? 0.3 : 0;
        var (rows, columns) = (height + 9 - 2 * border, width + 9 - 2 * border);
        var positions = new ScanPattern([
            new(-border, -border),
            new(2 + fraction, 5),
            new(9 - border, 1 + fraction),
            new(9 - border, 9 - border),
        ]);
        var values = Enumerable.Range(0, 4 * height * width).Select(_ => random.NextSingle() * 20).ToArray();
        var mask = variant == "mask" ? Mask(random, height * width) : null;
        var data = new DiffractionData(values, 4, height, width, DiffractionUnit.Intensity, mask: mask);
        var image = Field(random, rows, columns);

        var (one, oneMisfit, oneShift) = Steps([probe]);
        var (two, twoMisfit, twoShift) = Steps([probe, new ComplexField(height, width)]);

        var largest = two.Max(Math.Abs);
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.EqualTo(two).Within(2e-6 * largest));
            Assert.That(oneMisfit, Is.EqualTo(twoMisfit).Within(2e-6 * twoMisfit));
            Assert.That(oneShift, Is.EqualTo(twoShift).Within(1e-4));
        });

        (float[] Object, double Misfit, double Shift) Steps(ComplexField[] modes)
        {
            var measurement = new Measurement(data, positions, Probe.FromModes(modes), rows, columns);
            var plan = new ScanPlan(measurement, variant == "movable" ? 1 : 0);
            var state = new ProbeState(plan, measurement.Probe, 1, ObjectWeighting.Rpie(0.2, 0.7));
            var engine = new FrameEngine(plan, state);
            var buffer = new AlignedBuffer(2 * plan.PlaneLength);
            var planes = Planes.Of(buffer, plan.PlaneLength);
            plan.Load(image, planes);
            var (misfit, shift) = (0.0, 0.0);
            for (var frame = 0; frame < 4; frame++)
            {
                misfit += engine.Step(planes, frame, planes, frame < 3 ? frame + 1 : -1);
                if (variant == "movable")
                    shift += engine.EstimateShift(planes, frame).Row;
            }

            // What lies beyond the object stays 0, so the whole plane is compared.
            return (buffer.Span.ToArray(), misfit, shift);
        }
    }

    private static DetectorMask Mask(Random random, int pixels) =>
        new(Enumerable.Range(0, pixels).Select(_ => random.Next(4) / 3f).ToArray(), [1, 0.5f, 1, 1]);

    private static ComplexField Field(Random random, int height, int width)
    {
        var field = new ComplexField(height, width);
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
            field[row, column] = Complex.FromPolarCoordinates(0.5 + random.NextDouble(), random.NextDouble());
        return field;
    }
}
