using Ptycho.IO;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Files;
using Ptycho.Physics.Files.Products;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Files.Products;

/// <summary>The files were written by h5py; tests/data/hdf5/make_products.py says how.</summary>
public class ProductFileTests
{
    private string _path = "";

    [SetUp]
    public void CreatePath()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
        _path = Path.Combine(Path.GetTempPath(), $"product-{Guid.NewGuid():N}.h5");
    }

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void APtychodusProductIsRead()
    {
        var product = PtychodusProductFile.Read(Data("product.h5"));
        Assert.That((product.Name, product.Comments), Is.EqualTo(("Grüße", "two layers")));
        Assert.That((product.ProbeModes.Count, product.ProbeModes[1].Count), Is.EqualTo((2, 3)));
        Assert.That((product.ObjectLayers.Count, product.ObjectLayers[0].Width), Is.EqualTo((2, 14)));
        AssertField(product.ProbeModes[1][2], 5 * 24);
        AssertField(product.ObjectLayers[1], 12 * 14);
        Assert.That(product.LayerSpacing, Is.EqualTo(new[] { 2e-6 }));
        Assert.That(product.Losses, Is.EqualTo(new[] { (0L, 3.5), (5L, 1.25) }));
        Assert.That(product.CoherentWeights!.Shape, Is.EqualTo(new[] { 6, 2 }).AsCollection);
        Assert.That((product.EnergyElectronvolts, product.ProbePhotonCount), Is.EqualTo((8000, 1.5e6)));
        Assert.That(product.Positions[5].Index, Is.EqualTo(15));
        // Position −1 px from the centre (0.5, −1) px; the object's centre is (6, 7), the window's (2, 3).
        var first = product.ToScanPattern()[0];
        Assert.That(first.Row, Is.EqualTo(-1 + 1 + 6 - 2).Within(1e-9));
        Assert.That(first.Column, Is.EqualTo(-1 - 0.5 + 7 - 3).Within(1e-9));
    }

    [Test]
    public void EveryBitOfAProductComesBack()
    {
        var product = PtychodusProductFile.Read(Data("product.h5"));
        PtychodusProductFile.Write(_path, product);
        var read = PtychodusProductFile.Read(_path);
        Assert.That(read.Positions, Is.EqualTo(product.Positions));
        Assert.That(read.CoherentWeights!.Bytes.SequenceEqual(product.CoherentWeights!.Bytes), Is.True);
        Assert.That(
            read with
            {
                ObjectLayers = product.ObjectLayers,
                ProbeModes = product.ProbeModes,
                Positions = product.Positions,
                CoherentWeights = product.CoherentWeights,
                LayerSpacing = product.LayerSpacing,
                Losses = product.Losses,
                Notes = product.Notes,
            },
            Is.EqualTo(product)
        );
        Assert.That(read.Losses, Is.EqualTo(product.Losses));
        Assert.That(read.LayerSpacing, Is.EqualTo(product.LayerSpacing));
        AssertField(read.ObjectLayers[1], 12 * 14);
        AssertField(read.ProbeModes[1][2], 5 * 24);
    }

    [Test]
    public void APtyrFileIsReadAndWritten()
    {
        var product = PtyrFile.Read(Data("recon.ptyr"));
        AssertPtyr(product);
        Assert.That(product.Notes, Has.Some.Contains("2 modes"));
        PtyrFile.Write(_path, product);
        var read = PtyrFile.Read(_path);
        AssertPtyr(read);
        Assert.That(read.Positions, Is.EqualTo(product.Positions));
        Assert.That(read.ObjectPixel, Is.EqualTo(product.ObjectPixel));
        Assert.That(
            () => PtyrFile.Read(_path, "other"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("'other'").And.Message.Contains(_path)
        );
        Assert.That(
            () => PtyrFile.Write(_path, PtychodusProductFile.Read(Data("product.h5"))),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("2 and 2")
        );
    }

    [Test]
    public void AMeasurementAndItsObjectBecomeAProduct()
    {
        var geometry = new ExperimentGeometry
        {
            Energy = 1e-15,
            Distance = 0.75,
            DetectorPixelHeight = 55e-6,
            DetectorPixelWidth = 50e-6,
        };
        var data = new DiffractionData([.. Enumerable.Repeat(1f, 30)], 2, 3, 5, DiffractionUnit.Counts);
        var probe = Probe.FromField(ComplexField.Constant(3, 5, 1));
        var measurement = new Measurement(data, new ScanPattern([new(0.25, 1), new(4, 2.5)]), probe, 8, 9);
        var product = ReconstructionProduct.Create(measurement, geometry, ComplexField.Constant(8, 9, 1));
        PtychodusProductFile.Write(_path, product);
        var scan = PtychodusProductFile.Read(_path).ToScanPattern();
        for (var k = 0; k < 2; k++)
        {
            Assert.That(scan[k].Row, Is.EqualTo(measurement.Positions[k].Row).Within(1e-12));
            Assert.That(scan[k].Column, Is.EqualTo(measurement.Positions[k].Column).Within(1e-12));
        }
        PtyrFile.Write(_path, product);
        Assert.That(PtyrFile.Read(_path).ToScanPattern()[1].Column, Is.EqualTo(2.5).Within(1e-12));
        Assert.That(
            () => ReconstructionProduct.Create(measurement, geometry, ComplexField.Constant(9, 8, 1)),
            Throws.ArgumentException
        );
    }

    [Test]
    public void WhatIsMissingIsNamed()
    {
        Hdf5File.Write(_path, root => root.CreateGroup("content/obj"));
        Assert.That(
            () => PtyrFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("content/obj").And.Message.Contains(_path)
        );
        Assert.That(
            () => PtychodusProductFile.Read(_path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("object").And.Message.Contains(_path)
        );
    }

    private static void AssertPtyr(ReconstructionProduct product)
    {
        AssertField(product.ObjectLayers[0], 0);
        AssertField(product.ProbeModes[0][2], 2 * 24);
        Assert.That(product.EnergyElectronvolts, Is.EqualTo(8000).Within(1e-9));
        // ptypy: position/pixel + centre − ⌊h/2⌋.
        var pattern = product.ToScanPattern();
        Assert.That(pattern[5].Row, Is.EqualTo(1 + 5 - 2).Within(1e-9));
        Assert.That(pattern[5].Column, Is.EqualTo(2 + 6 - 3).Within(1e-9));
    }

    private static void AssertField(ComplexField field, int first)
    {
        for (var i = 0; i < field.Length; i++)
        {
            Assert.That(field.Real[i], Is.EqualTo((first + i) % 13 + 1));
            Assert.That(field.Imaginary[i], Is.EqualTo((first + i) % 7));
        }
    }

    private static string Data(string name) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "hdf5", name);
}
