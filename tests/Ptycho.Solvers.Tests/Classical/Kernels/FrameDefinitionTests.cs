using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>Every way of a frame to the detector and back, against plain loops in double precision.</summary>
public sealed class FrameDefinitionTests
{
    private const double Alpha = 0.2;
    private const double Gamma = 0.7;
    private const double Beta = 0.3;

    private static readonly string[] Cases =
    [
        "17x13 whole",
        "16x16 whole",
        "16x32 mask",
        "32x16 amplitudes",
        "33x19 fractions",
        "17x35 border mask",
        "5x19 amplitudes border",
        "16x48 border",
        "17x13 modes fractions mask",
        "16x20 modes border amplitudes",
    ];

    [Test]
    public void AStepIsThatOfTheFormula([ValueSource(nameof(Cases))] string name, [Values] bool gradient)
    {
        var (scene, engine, image, target) = Make(name, gradient);
        var (plan, planes) = (scene.Plan, Planes.Of(image, scene.Plan.PlaneLength));
        var plain = new PlainScan(scene.Measurement, scene.Image);
        var expected = new Complex[scene.Image.Height, scene.Image.Width];
        var (misfit, found) = (0.0, 0.0);
        for (var frame = 0; frame < PlainScene.Frames; frame++)
        {
            var (error, step) = plain.Step(frame);
            Assert.That(engine.Misfit(planes, frame), Is.EqualTo(error).Within(1e-3).Percent, $"frame {frame}");
            plain.AddToObject(expected, step, frame, gradient ? null : Alpha, gradient ? 1 : Gamma);
            misfit += error;
            // Beside its own object; what comes next changes nothing.
            found += engine.Step(planes, frame, Planes.Of(target, plan.PlaneLength), frame < 3 ? frame + 1 : -1);
        }

        Assert.That(found, Is.EqualTo(misfit).Within(1e-3).Percent);
        PlainScan.AssertSame(plan.ToField(Planes.Of(target, plan.PlaneLength)), expected, 2e-5, "step");
        AssertNothingBeyond(plan, target);
        GC.KeepAlive(image);
    }

    [TestCaseSource(nameof(Cases))]
    public void AFrameAfterTheOtherChangesTheObjectInItsTurn(string name)
    {
        var (scene, engine, image, _) = Make(name, gradient: false);
        var planes = Planes.Of(image, scene.Plan.PlaneLength);
        var plain = new PlainScan(scene.Measurement, scene.Image);
        for (var frame = 0; frame < PlainScene.Frames; frame++)
        {
            plain.AddToObject(plain.Image, plain.Step(frame).Step, frame, Alpha, Gamma);
            engine.Step(planes, frame, planes);
        }

        PlainScan.AssertSame(scene.Plan.ToField(planes), plain.Image, 1e-4, "object");
        AssertNothingBeyond(scene.Plan, image);
    }

    [Test]
    public void AJointStepMovesObjectAndProbe([ValueSource(nameof(Cases))] string name, [Values] bool gradient)
    {
        var (scene, engine, image, target) = Make(name, gradient);
        var (plan, planes) = (scene.Plan, Planes.Of(image, scene.Plan.PlaneLength));
        var plain = new PlainScan(scene.Measurement, scene.Image);
        var expected = new Complex[scene.Image.Height, scene.Image.Width];
        var weighting = gradient ? ProbeWeighting.Gradient : ProbeWeighting.Rpie(Beta, Gamma);
        var probe = plain.Probe.Select(mode => (Complex[,])mode.Clone()).ToArray();
        for (var frame = 0; frame < PlainScene.Frames; frame++)
        {
            var (error, step) = plain.Step(frame);
            plain.AddToObject(expected, step, frame, gradient ? null : Alpha, gradient ? 1 : Gamma);
            var steps = plain.ProbeStep(step, frame, gradient ? null : Beta, gradient ? 1 : Gamma);
            for (var m = 0; m < probe.Length; m++)
            for (var i = 0; i < plan.Size; i++)
                probe[m][i / plan.Width, i % plan.Width] += steps[m][i / plan.Width, i % plan.Width];
            var found = engine.JointStep(planes, frame, Planes.Of(target, plan.PlaneLength), scene.Probe, weighting);
            Assert.That(found, Is.EqualTo(error).Within(1e-3).Percent, $"frame {frame}");
        }

        PlainScan.AssertSame(plan.ToField(Planes.Of(target, plan.PlaneLength)), expected, 2e-5, "step");
        scene.Probe.Span.CopyTo(scene.State.Target.Span);
        scene.State.Refresh();
        var moved = scene.State.ToProbe();
        for (var m = 0; m < probe.Length; m++)
            PlainScan.AssertSame(moved.Modes[m], probe[m], 5e-5, $"mode {m}");
    }

    /// <summary>Where there are too many frames to keep their amplitudes, each is made when it is needed.</summary>
    [TestCase(DiffractionUnit.Intensity, false)]
    [TestCase(DiffractionUnit.Amplitude, false)]
    [TestCase(DiffractionUnit.Intensity, true)]
    public void AmplitudesThatAreNotKeptAreTheSame(DiffractionUnit unit, bool modes)
    {
        const int many = (1 << 20) / 256 + 1;
        var few = new PlainScene("16x16", modes ? "modes" : "whole").Measurement;
        var values = new float[many * 256];
        for (var k = 0; k < many; k++)
            few.Data.Values.AsSpan(k % PlainScene.Frames * 256, 256).CopyTo(values.AsSpan(k * 256));
        var places = Enumerable.Range(0, many).Select(k => few.Positions[k % PlainScene.Frames]);
        float[][] found = new float[2][];
        var misfits = new double[2];
        for (var i = 0; i < 2; i++)
        {
            var data =
                i == 0
                    ? new DiffractionData(few.Data.Values, PlainScene.Frames, 16, 16, unit)
                    : new DiffractionData(values, many, 16, 16, unit);
            var positions = i == 0 ? few.Positions : new([.. places]);
            var plan = new ScanPlan(new(data, positions, few.Probe, 25, 25));
            var engine = new FrameEngine(plan, new ProbeState(plan, few.Probe, 1, ObjectWeighting.Gradient));
            var image = new AlignedBuffer(2 * plan.PlaneLength);
            plan.Fill(0.8f, Planes.Of(image, plan.PlaneLength));
            for (var frame = 0; frame < PlainScene.Frames; frame++)
                misfits[i] += engine.Step(
                    Planes.Of(image, plan.PlaneLength),
                    frame,
                    Planes.Of(image, plan.PlaneLength),
                    frame + 1 < PlainScene.Frames ? frame + 1 : -1
                );
            found[i] = image.Span.ToArray();
        }

        Assert.That(found[1], Is.EqualTo(found[0]).Within(1e-4));
        Assert.That(misfits[1], Is.EqualTo(misfits[0]).Within(1e-3).Percent);
    }

    private static void AssertNothingBeyond(ScanPlan plan, AlignedBuffer buffer)
    {
        var inside = plan.ToField(Planes.Of(buffer, plan.PlaneLength));
        var all = buffer.Span.ToArray().Sum(value => (double)Math.Abs(value));
        var seen = inside.Real.Concat(inside.Imaginary).Sum(value => (double)Math.Abs(value));
        Assert.That(all, Is.EqualTo(seen).Within(1e-9 * all), "beyond the object all stays 0");
    }

    private static (Scene Scene, FrameEngine Engine, AlignedBuffer Image, AlignedBuffer Target) Make(
        string name,
        bool gradient
    )
    {
        var plain = new PlainScene(name.Split(' ')[0], name);
        var plan = new ScanPlan(plain.Measurement);
        var weighting = gradient ? ObjectWeighting.Gradient : ObjectWeighting.Rpie(Alpha, Gamma);
        var state = new ProbeState(plan, plain.Measurement.Probe, 1, weighting);
        var image = new AlignedBuffer(2 * plan.PlaneLength);
        plan.Load(plain.Image, Planes.Of(image, plan.PlaneLength));
        var probe = new AlignedBuffer(state.Target.Length);
        state.Target.Span.CopyTo(probe.Span);
        var scene = new Scene(plain.Measurement, plain.Image, plan, state, probe);
        return (scene, new FrameEngine(plan, state), image, new AlignedBuffer(2 * plan.PlaneLength));
    }

    private sealed record Scene(
        Measurement Measurement,
        ComplexField Image,
        ScanPlan Plan,
        ProbeState State,
        AlignedBuffer Probe
    );
}
