using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Files;

public class PtydWeightsTests
{
    private string _path = "";

    [SetUp]
    public void CreatePath()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
        _path = Path.Combine(Path.GetTempPath(), $"weights-{Guid.NewGuid():N}.ptyd");
    }

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [TestCase(new[] { 1, 4, 5 })]
    [TestCase(new[] { 2, 4, 5 })]
    [TestCase(new[] { 4, 5 })]
    [TestCase(new[] { 3, 5, 4 })]
    public void AnotherShapeThanTheDatasIsNamedWithBothShapesAndWhatToDo(int[] shape)
    {
        Write(("chunks/0/weights", shape));
        Assert.That(
            () => Read(),
            Throws
                .InstanceOf<InvalidDataException>()
                .With.Message.Contains("'chunks/0/weights'")
                .And.Message.Contains($"[{string.Join(", ", shape)}]")
                .And.Message.Contains("[3, 4, 5]")
                .And.Message.Contains("'meta/weight2d'")
        );
    }

    [TestCase("meta")]
    [TestCase("info")]
    [TestCase("common")]
    public void OneFrameOfWeightsForAllIsRead(string group)
    {
        Write(("chunks/0/weights", [0]), ($"{group}/weight2d", [4, 5]));
        var read = Read();
        // Stored pixel 7 is [1, 2], the zero frequency [2, 2]: frequency (−1, 0).
        Assert.That(read.Measurement.Data.Mask!.PixelWeights.IndexOf(0), Is.EqualTo(3 * 5));
        Assert.That(read.Measurement.Data.Mask.PixelWeights.Count(weight => weight == 1), Is.EqualTo(19));
        Assert.That(read.Notes, Has.Some.Contains($"'{group}/weight2d'"));
    }

    [Test]
    public void AFramesOwnWeightsComeFirst()
    {
        Write(("chunks/0/weights", [3, 4, 5]), ("meta/weight2d", [5, 4]));
        Assert.That(Read().Measurement.Data.Mask!.PixelWeights.IndexOf(0), Is.EqualTo(3 * 5));
    }

    [Test]
    public void ASingleValueIsNoFrameOfWeights()
    {
        Write(("meta/weight2d", []));
        Assert.That(Read().Measurement.Data.Mask, Is.Null);
        Write(("meta/weight2d", [5, 4]));
        Assert.That(
            () => Read(),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("[5, 4]").And.Message.Contains("[4, 5]")
        );
    }

    // All weights are 1 but those of pixel 7.
    private void Write(params (string Path, int[] Shape)[] weights) =>
        Hdf5File.Write(
            _path,
            root =>
            {
                var frames = Enumerable.Range(1, 60).Select(i => (float)i).ToArray();
                root.WriteDataset("chunks/0/data", NumericArray.Create<float>(frames, 3, 4, 5));
                root.WriteDataset("chunks/0/positions", NumericArray.Create<double>([0, 0, 0, 1e-6, 1e-6, 0], 3, 2));
                foreach (var (path, shape) in weights)
                {
                    var values = new float[shape.Aggregate(1, (a, b) => a * b)];
                    for (var i = 0; i < values.Length; i++)
                        values[i] = i % 20 == 7 ? 0 : 1;
                    root.WriteDataset(path, NumericArray.Create<float>(values, shape));
                }
            }
        );

    private ImportedMeasurement Read()
    {
        var geometry = new ExperimentGeometry
        {
            Energy = 1e-15,
            Distance = 0.75,
            DetectorPixelHeight = 55e-6,
            DetectorPixelWidth = 55e-6,
        };
        var probe = Probe.FromField(ComplexField.Constant(4, 5, 1));
        return PtydFile.Read(_path, new ImportOptions { Probe = probe, Geometry = geometry });
    }
}
