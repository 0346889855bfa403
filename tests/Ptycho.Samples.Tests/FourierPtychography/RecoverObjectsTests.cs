using Ptycho.IO.Numpy;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Physics.Objects;
using Ptycho.Samples.FourierPtychography;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Tests.FourierPtychography;

[NonParallelizable]
public sealed class RecoverObjectsTests
{
    private const int Images = 25;
    private const int ImageSize = 32;

    private static readonly FourierPtychographyOptics s_optics = new()
    {
        Wavelength = 630e-9,
        NumericalAperture = 0.1,
        PixelSize = 1.845e-6,
    };

    [Test]
    public void ARunThatWasStoppedGoesOnFromItsSweepToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(folder.File("data"));
        foreach (var name in (string[])["bloodsmear_red", "bloodsmear_green", "bloodsmear_blue", "blood_aberration"])
            File.WriteAllBytes(Path.Combine(data.FullName, name + ".mat"), []);
        var (whole, halves) = (new DirectoryInfo(folder.File("whole")), new DirectoryInfo(folder.File("halves")));
        Sample(data, whole).Run(CancellationToken.None);

        using var source = new CancellationTokenSource();
        var stopping = Sample(
            data,
            halves,
            (name, sweep) =>
            {
                if (name is "green" && sweep == 5)
                    source.Cancel();
            }
        );
        var stopped = Assert.Throws<StoppedException>(() => stopping.Run(source.Token))!;
        Assert.That(stopped.Message, Does.Contain(halves.FullName).And.Contain("The same command"));
        Assert.That(Path.Combine(halves.FullName, "green.checkpoint.safetensors"), Does.Exist);

        var sweeps = new List<string>();
        Sample(data, halves, (name, sweep) => sweeps.Add($"{name} {sweep}")).Run(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sweeps[0], Is.EqualTo("green 6"));
            foreach (var name in (string[])["red", "green", "blue", "aberration"])
            {
                var found = NpzFile.Read(Path.Combine(halves.FullName, name + ".npz"));
                foreach (var (key, wanted) in NpzFile.Read(Path.Combine(whole.FullName, name + ".npz")))
                    Assert.That(found[key].Bytes.SequenceEqual(wanted.Bytes), $"{key} of {name}");
            }
            Assert.That(Path.Combine(halves.FullName, "objects.png"), Does.Exist);
            Assert.That(halves.GetFiles("*.checkpoint*"), Is.Empty);
        }
        AssertKept(data, halves);
    }

    private static void AssertKept(DirectoryInfo data, DirectoryInfo results)
    {
        var before = results.GetFiles().ToDictionary(file => file.Name, file => File.ReadAllBytes(file.FullName));
        var refused = Assert.Throws<IOException>(() => Sample(data, results).Run(CancellationToken.None))!;
        Assert.That(refused.Message, Does.Contain("red.npz").And.Contain("--force"));
        foreach (var (name, content) in before)
            Assert.That(File.ReadAllBytes(Path.Combine(results.FullName, name)), Is.EqualTo(content), name);

        var red = Path.Combine(results.FullName, "red.npz");
        File.WriteAllText(red, "an old one");
        using var source = new CancellationTokenSource();
        var forced = Sample(data, results, (name, _) => CancelAt("green", name, source), force: true);
        Assert.Throws<StoppedException>(() => forced.Run(source.Token));
        Assert.That(File.ReadAllBytes(red), Is.EqualTo(before["red.npz"]), "made anew");
    }

    private static void CancelAt(string wanted, string name, CancellationTokenSource source)
    {
        if (name == wanted)
            source.Cancel();
    }

    private static RecoverObjects Sample(
        DirectoryInfo data,
        DirectoryInfo output,
        Action<string, int>? swept = null,
        bool force = false
    ) =>
        new(data, output, knownPupil: false)
        {
            Read = Simulated,
            Swept = swept ?? ((_, _) => { }),
            Force = force,
        };

    private static FourierPtychographyData Simulated(string path) =>
        FourierPtychographySimulator.Simulate(
            BloodSmearPhantom.Create(4 * ImageSize, 4 * ImageSize, (ulong)Path.GetFileName(path).Length),
            s_optics,
            new LedArray().SpiralDirections(Images),
            ImageSize,
            ImageSize,
            null
        );
}
