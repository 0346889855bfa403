using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Probes;

public class ProbeFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("probe-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void ModesComeBackBitForBit()
    {
        var probe = Probe.FromModes([SyntheticProbes.StandardH().Modes[0], SyntheticProbes.StandardP1().Modes[0]]);
        ProbeFile.Write(In("probe.npy"), probe);
        var found = ProbeFile.Read(In("probe.npy"));
        Assert.That(found.ModeCount, Is.EqualTo(2));
        for (var m = 0; m < 2; m++)
        {
            Assert.That(found.Modes[m].Real, Is.EqualTo(probe.Modes[m].Real));
            Assert.That(found.Modes[m].Imaginary, Is.EqualTo(probe.Modes[m].Imaginary));
        }
    }

    [Test]
    public void OneModeOfAnArchiveIsRead()
    {
        float[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        NpzFile.Write(
            In("probe.npz"),
            new Dictionary<string, NumericArray> { ["probe"] = NumericArray.CreateComplex64(values, 2, 3) }
        );
        var probe = ProbeFile.Read(In("probe.npz"));
        Assert.That((probe.Height, probe.Width), Is.EqualTo((2, 3)));
        Assert.That(probe.Modes[0].Real, Is.EqualTo((float[])[1, 3, 5, 7, 9, 11]));
        Assert.That(probe.Modes[0].Imaginary, Is.EqualTo((float[])[2, 4, 6, 8, 10, 12]));
    }

    [Test]
    public void WhatIsNoProbeIsNamed()
    {
        NpyFile.Write(In("line.npy"), NumericArray.CreateComplex64([1, 2], 1));
        NpyFile.Write(In("dark.npy"), NumericArray.CreateComplex64(new float[8], 2, 2));
        NpzFile.Write(
            In("other.npz"),
            new Dictionary<string, NumericArray> { ["object"] = NumericArray.CreateComplex64([1, 2], 1, 1) }
        );
        Assert.Multiple(() =>
        {
            foreach (var (file, word) in ((string, string)[])[("line", "axes"), ("dark", "zero everywhere")])
                Assert.That(
                    () => ProbeFile.Read(In(file + ".npy")),
                    Throws.TypeOf<InvalidDataException>().With.Message.Contains(file).And.Message.Contains(word)
                );
            Assert.That(
                () => ProbeFile.Read(In("other.npz")),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("'probe'")
            );
            Assert.That(() => ProbeFile.Read(In("none.npy")), Throws.InstanceOf<IOException>());
        });
    }

    private string In(string name) => Path.Combine(_folder, name);
}
