using Ptycho.IO;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Physics.Metrics;

namespace Ptycho.Physics.Tests.FourierPtychography;

public class FourierPtychographySolverTests
{
    private ComplexField _truth = null!;
    private string _folder = "";

    [OneTimeSetUp]
    public void Draw() => _truth = SyntheticSmear.Truth(seed: 5);

    [SetUp]
    public void Folder() => _folder = Directory.CreateTempSubdirectory("ptycho-fourier-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

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
    public void AStoppedRecoveryGoesOnToTheSameBitsAndNoOtherTakesItsFile()
    {
        var path = Path.Combine(_folder, "recovery.safetensors");
        var data = Simulate(null);
        var options = new FourierPtychographyOptions { ObjectSweeps = 1, JointSweeps = 4 };
        var whole = new FourierPtychographySolver(options).Solve(data);
        using var source = new CancellationTokenSource();
        var stopping = new Recorder(p =>
        {
            if (p.Sweep == 3)
                source.Cancel();
        });
        var solver = new FourierPtychographySolver(options) { Checkpoint = path };
        Assert.That(() => solver.Solve(data, stopping, source.Token), Throws.InstanceOf<OperationCanceledException>());

        var other = new FourierPtychographySolver(options with { JointSweeps = 5 }) { Checkpoint = path };
        Assert.That(
            () => other.Solve(data),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("other options")
        );
        Assert.That(
            () => solver.Solve(Simulate(SyntheticSmear.AberratedPupil())),
            Throws
                .TypeOf<InvalidDataException>()
                .With.Message.Contains("another measurement")
                .And.Message.Contains(path)
        );

        var sweeps = new List<int>();
        var resumed = solver.Solve(data, new Recorder(p => sweeps.Add(p.Sweep)));
        Assert.That(sweeps, Is.EqualTo(new[] { 4, 5 }));
        AssertSame(resumed, whole);
        sweeps.Clear();
        AssertSame(solver.Solve(data, new Recorder(p => sweeps.Add(p.Sweep))), whole);
        Assert.That(sweeps, Is.Empty, "a finished recovery's file is its result");

        var bytes = File.ReadAllBytes(path);
        bytes[^5000] ^= 4;
        File.WriteAllBytes(path, bytes);
        Assert.That(() => solver.Solve(data), Throws.TypeOf<InvalidDataException>().With.Message.Contains(path));
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

    private static void AssertSame(FourierPtychographyResult found, FourierPtychographyResult wanted)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Object.Real, Is.EqualTo(wanted.Object.Real));
            Assert.That(found.Object.Imaginary, Is.EqualTo(wanted.Object.Imaginary));
            Assert.That(found.Pupil.Real, Is.EqualTo(wanted.Pupil.Real));
            Assert.That(found.Pupil.Imaginary, Is.EqualTo(wanted.Pupil.Imaginary));
            Assert.That(found.Scale, Is.EqualTo(wanted.Scale));
            Assert.That(found.Gains, Is.EqualTo(wanted.Gains));
            Assert.That(found.AmplitudeErrors, Is.EqualTo(wanted.AmplitudeErrors));
        }
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
