using Ptycho.IO;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Physics.Metrics;

namespace Ptycho.Physics.Tests.FourierPtychography;

public class FourierPtychographySolverTests
{
    private ComplexField _truth = null!;

    [OneTimeSetUp]
    public void Draw() => _truth = SyntheticSmear.Truth(seed: 5);

    [Test]
    public void WithTheKnownPupilTheObjectAndNotItsTwinComesBack()
    {
        var data = Simulate(SyntheticSmear.AberratedPupil());
        var options = new FourierPtychographyOptions { RecoverPupil = false, GainsFromJointSweep = null };
        var result = new FourierPtychographySolver(options).Solve(data);
        Assert.That(result.AmplitudeErrors, Has.Count.EqualTo(12));
        Assert.That(result.AmplitudeErrors[^1], Is.LessThan(1e-3));
        Assert.That(ReconstructionMetrics.NrmseScaled(result.Object, _truth), Is.LessThan(0.02));
        Assert.That(
            ReconstructionMetrics.NrmseScaled(result.Object, SyntheticSmear.Conjugate(_truth)),
            Is.GreaterThan(0.2)
        );
        Assert.That(result.Pupil.Real, Is.EqualTo(data.Pupil!.Real));
        Assert.That(result.Pupil.Imaginary, Is.EqualTo(data.Pupil.Imaginary));
        Assert.That(result.Gains, Has.All.EqualTo(1f));
    }

    [Test]
    public void AnUnknownPupilAndUnevenLightAreRecoveredWithTheObject()
    {
        var simulated = Simulate(SyntheticSmear.AberratedPupil());
        var random = new Random(3);
        var amplitudes = simulated.Amplitudes.ToArray();
        var brightness = new double[simulated.ImageCount];
        for (var k = 0; k < simulated.ImageCount; k++)
        {
            brightness[k] = 0.8 + 0.4 * random.NextDouble();
            foreach (ref var a in amplitudes.AsSpan(k * 32 * 32, 32 * 32))
                a *= (float)brightness[k];
        }
        var data = new FourierPtychographyData(amplitudes, 32, 32, simulated.Directions, simulated.Optics);

        var options = new FourierPtychographyOptions { JointSweeps = 40 };
        var recovered = new FourierPtychographySolver(options).Solve(data);
        var blind = new FourierPtychographySolver(options with { RecoverPupil = false }).Solve(data);
        var uneven = new FourierPtychographySolver(options with { GainsFromJointSweep = null }).Solve(data);
        Assert.That(recovered.AmplitudeErrors[^1], Is.LessThan(0.005));
        Assert.That(recovered.AmplitudeErrors[^1], Is.LessThan(0.2 * blind.AmplitudeErrors[^1]));
        Assert.That(recovered.AmplitudeErrors[^1], Is.LessThan(0.2 * uneven.AmplitudeErrors[^1]));
        var error = ReconstructionMetrics.NrmseScaled(recovered.Object, _truth);
        Assert.That(error, Is.LessThan(0.06));
        // The light of all bright-field images together is the object's scale; single gains undo the brightness.
        var undone = recovered.Gains.Select((g, k) => g * brightness[k]).Take(9).ToArray();
        Assert.That(undone.Max() / undone.Min(), Is.LessThan(1.1));
    }

    [Test]
    public void ResultIsNormalisedAndItsScalePredictsTheData()
    {
        var options = new FourierPtychographyOptions { RecoverPupil = false, GainsFromJointSweep = null };
        var data = Simulate(SyntheticSmear.AberratedPupil());
        var result = new FourierPtychographySolver(options).Solve(data);
        var (o, n) = (result.Object, result.Object.Length);
        var magnitudes = Enumerable.Range(0, n).Select(i => float.Hypot(o.Real[i], o.Imaginary[i])).Order().ToArray();
        Assert.That(magnitudes[n / 2], Is.EqualTo(1).Within(1e-5));
        Assert.That(o.Real.Average(), Is.Positive);
        Assert.That(o.Imaginary.Average(), Is.Zero.Within(1e-5));

        var scaled = new ComplexField(o.Height, o.Width);
        for (var row = 0; row < o.Height; row++)
        for (var column = 0; column < o.Width; column++)
            scaled[row, column] = result.Scale * o[row, column];
        var predicted = FourierPtychographySimulator.Simulate(
            scaled,
            data.Optics,
            data.Directions,
            32,
            32,
            result.Pupil
        );
        var error = predicted.Image(0).ToArray().Zip(data.Image(0).ToArray(), (a, b) => Math.Abs(a - b)).Max();
        Assert.That(error, Is.LessThan(0.02));
    }

    [Test]
    public void TheSameDataGiveTheSameBits()
    {
        var data = Simulate(null);
        var options = new FourierPtychographyOptions { JointSweeps = 2 };
        var first = new FourierPtychographySolver(options).Solve(data);
        var second = new FourierPtychographySolver(options).Solve(data);
        Assert.That(second.Object.Real, Is.EqualTo(first.Object.Real));
        Assert.That(second.Object.Imaginary, Is.EqualTo(first.Object.Imaginary));
    }

    [Test]
    public void ProgressComesAfterEverySweepAndCancellationStops()
    {
        var data = Simulate(null);
        using var source = new CancellationTokenSource();
        var seen = new List<FourierPtychographyProgress>();
        var progress = new Recorder(p =>
        {
            seen.Add(p);
            if (p.Sweep == 2)
                source.Cancel();
        });
        var solver = new FourierPtychographySolver(
            new FourierPtychographyOptions { ObjectSweeps = 1, JointSweeps = 3 }
        );
        Assert.That(() => solver.Solve(data, progress, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen.Select(p => (p.Sweep, p.SweepCount)), Is.EqualTo(new[] { (1, 4), (2, 4) }));
        Assert.That(seen.Select(p => p.AmplitudeError), Has.All.Positive);
    }

    [Test]
    public void AWindowOutsideTheSpectrumIsNamed()
    {
        var options = new FourierPtychographyOptions { Upsampling = 2 };
        Assert.That(
            () => new FourierPtychographySolver(options).Solve(Simulate(null)),
            Throws.ArgumentException.With.Message.Contains("image 81").And.Message.Contains("upsampling")
        );
    }

    [Test]
    public void WrongOptionsAreRefusedByName()
    {
        Assert.That(
            () => new FourierPtychographyOptions { Upsampling = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Upsampling must be at least 1")
        );
        Assert.That(
            () => new FourierPtychographyOptions { PupilMargin = double.NaN },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("PupilMargin")
        );
        Assert.That(
            () => new FourierPtychographyOptions { GainsFromJointSweep = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("GainsFromJointSweep")
        );
    }

    private FourierPtychographyData Simulate(ComplexField? pupil) =>
        FourierPtychographySimulator.Simulate(
            _truth,
            SyntheticSmear.Optics,
            SyntheticSmear.Leds,
            SyntheticSmear.ImageSize,
            SyntheticSmear.ImageSize,
            pupil
        );

    private sealed class Recorder(Action<FourierPtychographyProgress> action) : IProgress<FourierPtychographyProgress>
    {
        public void Report(FourierPtychographyProgress value) => action(value);
    }
}
