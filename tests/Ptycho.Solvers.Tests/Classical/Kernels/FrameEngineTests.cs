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

    // With many frames the intensities are made anew; the one of 3·10⁸ times the others' light changes the scale too.
    [Test]
    public void KeptIntensitiesAndThoseMadeAnewGiveTheSameBits(
        [Values("16x48", "36x20")] string size,
        [Values] DiffractionUnit unit,
        [Values] bool masked
    )
    {
        var (height, width) = (int.Parse(size.Split('x')[0]), int.Parse(size.Split('x')[1]));
        var pixels = height * width;
        var random = new Random(pixels);
        var probe = Probe.FromField(Field(random, height, width));
        var image = Field(random, height + 4, width + 4);
        var few = Enumerable.Range(0, 4 * pixels).Select(i => i % 7 == 0 ? 0f : random.Next(20)).ToArray();
        var count = (1 << 20) / pixels + 1;
        var many = new float[count * pixels];
        few.CopyTo(many, 0);
        many[^1] = unit == DiffractionUnit.Amplitude ? 3e6f : 3e10f;
        float[]? mask = masked ? [.. Mask(random, pixels).PixelWeights] : null;

        Assert.That(Steps(many), Is.EqualTo(Steps(few)));

        (float[] Object, double Misfit) Steps(float[] values)
        {
            var frames = values.Length / pixels;
            var weights = mask is null ? null : new DetectorMask(mask, Enumerable.Repeat(0.5f, frames).ToArray());
            var data = new DiffractionData(values, frames, height, width, unit, mask: weights);
            var positions = new ScanPattern(
                Enumerable.Range(0, frames).Select(k => new ScanPosition(k % 4, k / 2 % 4))
            );
            var measurement = new Measurement(data, positions, probe, height + 4, width + 4);
            var plan = new ScanPlan(measurement);
            var engine = new FrameEngine(plan, new ProbeState(plan, probe, 1, ObjectWeighting.Rpie(0.2, 0.7)));
            var buffer = new AlignedBuffer(2 * plan.PlaneLength);
            var planes = Planes.Of(buffer, plan.PlaneLength);
            plan.Load(image, planes);
            var misfit = Enumerable.Range(0, 4).Sum(frame => engine.Step(planes, frame, planes));
            misfit += engine.Misfit(planes, 2);
            return (buffer.Span.ToArray(), misfit);
        }
    }

    [Test]
    public void TheUnitOfTheDataChangesNothing([Values(-50, 50)] int exponent, [Values] bool isAmplitude)
    {
        var random = new Random(3);
        var (probe, image) = (Field(random, 16, 20), Field(random, 20, 24));
        var values = Enumerable.Range(0, 320).Select(i => i % 5 == 0 ? 0 : random.NextSingle()).ToArray();

        Assert.That(Step(exponent), Is.EqualTo(Step(0)));

        float[] Step(int power)
        {
            var unit = isAmplitude ? DiffractionUnit.Amplitude : DiffractionUnit.Intensity;
            var scaled = values.Select(v => MathF.ScaleB(v, isAmplitude ? power / 2 : power)).ToArray();
            var light = new ComplexField(16, 20);
            for (var i = 0; i < light.Length; i++)
            {
                light.Real[i] = MathF.ScaleB(probe.Real[i], power / 2);
                light.Imaginary[i] = MathF.ScaleB(probe.Imaginary[i], power / 2);
            }

            var data = new DiffractionData(scaled, 1, 16, 20, unit);
            var positions = new ScanPattern([new ScanPosition(1, 2)]);
            var measurement = new Measurement(data, positions, Probe.FromField(light), 20, 24);
            var plan = new ScanPlan(measurement);
            var engine = new FrameEngine(
                plan,
                new ProbeState(plan, measurement.Probe, 1, ObjectWeighting.Rpie(0.2, 1))
            );
            var buffer = new AlignedBuffer(2 * plan.PlaneLength);
            var planes = Planes.Of(buffer, plan.PlaneLength);
            plan.Load(image, planes);
            var misfit = engine.Step(planes, 0, planes);
            return [.. buffer.Span, (float)Math.ScaleB(misfit, -power)];
        }
    }

    [Test]
    public void WhatIsNotFiniteIsFoundInTheStepThatWritesIt()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 320).Select(_ => 1e9f * random.NextSingle()).ToArray();
        var data = new DiffractionData(values, 1, 16, 20, DiffractionUnit.Intensity);
        var probe = Probe.FromField(Field(random, 16, 20));
        foreach (var column in (int[])[0, 2, -3, 6])
        {
            var positions = new ScanPattern([new ScanPosition(1, column)]);
            var plan = new ScanPlan(new Measurement(data, positions, probe, 20, 24));
            var engine = new FrameEngine(plan, new ProbeState(plan, probe, 1, ObjectWeighting.Rpie(0.2, 1e38)));
            var buffer = new AlignedBuffer(2 * plan.PlaneLength);
            var planes = Planes.Of(buffer, plan.PlaneLength);
            plan.Fill(1, planes);
            engine.BeginToLook();
            Assert.That(engine.Looks && engine.WroteFinite, Is.True);
            var misfit = engine.Step(planes, 0, planes);
            Assert.That(double.IsFinite(misfit), Is.True);
            Assert.That(engine.WroteFinite, Is.False, $"column {column}");
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
