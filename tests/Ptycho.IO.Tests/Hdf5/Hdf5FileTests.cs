using System.Collections.Immutable;
using System.Numerics;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;

namespace Ptycho.IO.Tests.Hdf5;

/// <summary>tests/data/hdf5/types.h5 was written by h5py; make.py beside it says how.</summary>
[RequiresHdf5]
public class Hdf5FileTests
{
    private Hdf5File _file = null!;

    [SetUp]
    public void Open() => _file = Hdf5File.Open(TestData.File("hdf5/types.h5"));

    [TearDown]
    public void Close() => _file.Dispose();

    [TestCase("u1", ElementType.UInt8)]
    [TestCase("i1", ElementType.Int8)]
    [TestCase("u2", ElementType.UInt16)]
    [TestCase("i2", ElementType.Int16)]
    [TestCase("u4", ElementType.UInt32)]
    [TestCase("i4", ElementType.Int32)]
    [TestCase("u8", ElementType.UInt64)]
    [TestCase("i8", ElementType.Int64)]
    [TestCase("f2", ElementType.Float16)]
    [TestCase("f4", ElementType.Float32)]
    [TestCase("f8", ElementType.Float64)]
    [TestCase("big", ElementType.Float32)]
    [TestCase("bigint", ElementType.Int16)]
    public void RealTypesAreRead(string name, ElementType type)
    {
        var array = _file.Read($"types/{name}");
        Assert.That(array.ElementType, Is.EqualTo(type));
        Assert.That(array.Shape, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(array.ToDouble(), Is.EqualTo(new double[] { 0, 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void OtherTypesAreRead()
    {
        Assert.Multiple(() =>
        {
            var complex = _file.Read("types/c16").AsSpan<Complex>().ToArray();
            Assert.That(complex[5], Is.EqualTo(new Complex(5, -10)));
            Assert.That(_file.Read("types/c8").ElementType, Is.EqualTo(ElementType.Complex64));
            Assert.That(_file.Read("types/c8").ToInterleavedSingle()[10..], Is.EqualTo(new[] { 5f, -10 }));
            Assert.That(
                _file.Read("types/bool").AsSpan<bool>().ToArray(),
                Is.EqualTo(new[] { false, true, false, true, false, true })
            );
            Assert.That(_file.Read("enum").AsSpan<int>().ToArray(), Is.EqualTo(new[] { 7, 9 }));
            Assert.That(_file.Read("types/scalar").Shape, Is.Empty);
            Assert.That(_file.Read("types/scalar").ToDouble(), Is.EqualTo(new[] { 2.5 }));
            Assert.That(_file.Read("types/empty").Length, Is.Zero);
            Assert.That(_file.ReadText("text/variable"), Is.EqualTo("Größe µm"));
            Assert.That(_file.ReadText("text/fixed"), Is.EqualTo("fixed"));
        });
    }

    [Test]
    public void PartsOfChunkedDataAreRead()
    {
        using var frames = _file.OpenDataset("/links/soft");
        Assert.That(frames.Shape, Is.EqualTo(new long[] { 5, 8, 8 }));
        Assert.That(frames.ReadRange(1, 2).ToDouble(), Is.EqualTo(Enumerable.Range(64, 128)));
        var box = frames.Read([4, 2, 3], [1, 2, 2]);
        Assert.That(box.Shape, Is.EqualTo(new[] { 1, 2, 2 }));
        Assert.That(box.ToDouble(), Is.EqualTo(new double[] { 275, 276, 283, 284 }));
        Assert.That(frames.ReadRange(5, 0).Length, Is.Zero);
        Assert.That(() => frames.ReadRange(4, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => frames.ReadInto([0, 0, 0], [1, 1, 1], new byte[3]), Throws.ArgumentException);
    }

    [Test]
    public void NamesAndAttributesAreListed()
    {
        Assert.That(_file.Keys(), Is.EqualTo(new[] { "enum", "frames", "links", "records", "text", "types" }));
        Assert.That(_file.Exists("links/soft"), Is.True);
        Assert.That(_file.Exists("links/lost"), Is.False);
        Assert.That(_file.Exists("none/at/all"), Is.False);
        Assert.That(_file.IsDataset("links/soft"), Is.True);
        Assert.That(_file.IsDataset("links"), Is.False);
        Assert.That(_file.AttributeNames("frames"), Is.EqualTo(new[] { "axes", "offsets", "scale" }));
        Assert.That(_file.ReadTextAttribute("frames", "axes"), Is.EqualTo("frame:y:x"));
        Assert.That(_file.ReadAttribute("frames", "scale")!.ToDouble(), Is.EqualTo(new[] { 0.5 }));
        Assert.That(_file.ReadAttribute("frames", "offsets")!.ToDouble(), Is.EqualTo(new double[] { 1, 2, 3 }));
        Assert.That(_file.ReadAttribute("frames", "none"), Is.Null);
    }

    [TestCase("records", "records {a, b}")]
    [TestCase("text/variable", "text")]
    [TestCase("types", "no dataset")]
    [TestCase("types/none", "'/types' has: bi")]
    [TestCase("links/lost", "leads nowhere")]
    [TestCase("frames/none", "is no group")]
    public void WhatIsNoArrayIsRefusedByName(string path, string expected) =>
        Assert.That(
            () => _file.Read(path),
            Throws
                .InstanceOf<InvalidDataException>()
                .With.Message.Contains("types.h5")
                .And.Message.Contains(path)
                .And.Message.Contains(expected)
        );

    [Test]
    public void ADisposedFileIsRefused()
    {
        _file.Dispose();
        Assert.That(() => _file.Keys(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void EveryElementTypeComesBack()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("all.h5");
        var arrays = Enum.GetValues<ElementType>()
            .ToImmutableSortedDictionary(
                type => type.ToString(),
                type =>
                {
                    var bytes = new byte[6 * ElementTypes.SizeOf(type)];
                    if (type != ElementType.Bool)
                        new Random((int)type).NextBytes(bytes);
                    bytes[0] = 1;
                    return NumericArray.FromBytes(type, bytes, 2, 3);
                },
                StringComparer.Ordinal
            );
        Hdf5File.Write(
            path,
            root =>
            {
                var packed = new Hdf5StorageOptions { DeflateLevel = 4 };
                foreach (var (name, array) in arrays)
                {
                    root.WriteDataset($"plain/{name}", array).SetAttribute("copy", array);
                    root.WriteDataset($"packed/{name}", array, packed);
                }
            }
        );
        using var file = Hdf5File.Open(path);
        foreach (var (name, array) in arrays)
        {
            foreach (var read in new[] { file.Read($"plain/{name}"), file.Read($"packed/{name}") })
            {
                Assert.That(read.ElementType, Is.EqualTo(array.ElementType));
                Assert.That(read.Bytes.ToArray(), Is.EqualTo(array.Bytes.ToArray()), name);
            }
            Assert.That(
                file.ReadAttribute($"plain/{name}", "copy")!.Bytes.ToArray(),
                Is.EqualTo(array.Bytes.ToArray())
            );
        }
    }
}
