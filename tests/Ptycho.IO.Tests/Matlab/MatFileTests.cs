using System.Numerics;
using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;
using Ptycho.IO.Matlab;

namespace Ptycho.IO.Tests.Matlab;

/// <summary>Files written by SciPy; tests/data/mat/README.md tells what they hold.</summary>
[TestFixture("mat/plain.mat")]
[TestFixture("mat/compressed.mat")]
public class MatFileTests(string file)
{
    private IReadOnlyDictionary<string, NumericArray> _arrays = null!;

    [OneTimeSetUp]
    public void Read() => _arrays = MatFile.Read(TestData.File(file));

    [Test]
    public void ACubeKeepsItsShapeAndIsReordered()
    {
        var cube = _arrays["cube"];
        Assert.That(cube.Shape, Is.EqualTo([2, 3, 4]));
        Assert.That(cube.AsSpan<float>().ToArray(), Is.EqualTo(Enumerable.Range(0, 24).Select(i => i / 8f)));
    }

    [Test]
    public void DoublesComeBackExactly()
    {
        double[] expected = [1.5, -2, 3e300, 0, double.PositiveInfinity, -0.25];
        Assert.That(_arrays["matrix"].Shape, Is.EqualTo([2, 3]));
        Assert.That(_arrays["matrix"].AsSpan<double>().ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void IntegersOfEverySizeComeBackExactly()
    {
        Assert.That(_arrays["scalar"].Shape, Is.EqualTo([1, 1]));
        Assert.That(_arrays["scalar"].AsSpan<byte>().ToArray(), Is.EqualTo(new byte[] { 7 }));
        Assert.That(_arrays["row"].AsSpan<short>().ToArray(), Is.EqualTo(new short[] { -3, -2, -1, 0, 1, 2, 3 }));
        Assert.That(_arrays["i8"].AsSpan<sbyte>().ToArray(), Is.EqualTo(new sbyte[] { -128, 127 }));
        Assert.That(_arrays["u16"].AsSpan<ushort>().ToArray(), Is.EqualTo(new ushort[] { 0, 65535 }));
        Assert.That(_arrays["i32"].AsSpan<int>().ToArray(), Is.EqualTo(new[] { int.MinValue, int.MaxValue }));
        Assert.That(_arrays["u32"].AsSpan<uint>().ToArray(), Is.EqualTo(new[] { uint.MaxValue }));
        Assert.That(_arrays["i64"].AsSpan<long>().ToArray(), Is.EqualTo(new[] { long.MinValue, long.MaxValue }));
        Assert.That(_arrays["u64"].AsSpan<ulong>().ToArray(), Is.EqualTo(new[] { ulong.MaxValue }));
    }

    [Test]
    public void ComplexArraysKeepTheirPrecision()
    {
        var single = _arrays["complex_single"];
        Assert.That(single.ElementType, Is.EqualTo(ElementType.Complex64));
        Assert.That(single.Shape, Is.EqualTo([3, 4]));
        var pairs = MemoryMarshal.Cast<byte, float>(single.Bytes).ToArray();
        Assert.That(pairs, Is.EqualTo(Enumerable.Range(0, 12).SelectMany(i => new[] { i / 4f, (i + 12) / 4f })));

        var expected = Enumerable.Range(0, 12).Select(i => new Complex(i / 3.0, -(i + 12) / 3.0)).ToArray();
        var actual = _arrays["complex_double"].AsSpan<Complex>().ToArray();
        for (var i = 0; i < expected.Length; i++)
            Assert.That((actual[i] - expected[i]).Magnitude, Is.LessThan(1e-15), $"element {i}");
    }

    [Test]
    public void LogicalTextAndEmptyArraysAreRead()
    {
        Assert.That(_arrays["flags"].AsSpan<bool>().ToArray(), Is.EqualTo(new[] { true, false, true }));
        var text = new string(MemoryMarshal.Cast<ushort, char>(_arrays["text"].AsSpan<ushort>()));
        Assert.That(text, Is.EqualTo("Grüße"));
        Assert.That(_arrays["empty"].Shape, Is.EqualTo([0, 3]));
        Assert.That(_arrays["empty"].ElementType, Is.EqualTo(ElementType.Float64));
    }

    [Test]
    public void VariablesComeInTheFilesOrder() =>
        Assert.That(_arrays.Keys.Take(4), Is.EqualTo(new[] { "cube", "matrix", "scalar", "row" }));
}
