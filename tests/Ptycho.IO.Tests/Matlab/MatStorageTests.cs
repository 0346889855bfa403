using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Matlab;

namespace Ptycho.IO.Tests.Matlab;

/// <summary>MATLAB stores values in any type that holds them, in either byte order, also inside tags.</summary>
[TestFixture(false)]
[TestFixture(true)]
public class MatStorageTests(bool bigEndian)
{
    private readonly MatBytes _bytes = new(bigEndian);

    [Test]
    public void ADoubleArrayMayBeStoredAsAnyNumber()
    {
        AssertDoubles(_bytes.Element<sbyte>(1, [-1, 2, 3, 4, 5, 6]), -1);
        AssertDoubles(_bytes.Element<byte>(2, [1, 2, 3, 4, 5, 6]), 1);
        AssertDoubles(_bytes.Element<short>(3, [-300, 2, 3, 4, 5, 6]), -300);
        AssertDoubles(_bytes.Element<ushort>(4, [60000, 2, 3, 4, 5, 6]), 60000);
        AssertDoubles(_bytes.Element(5, [-70000, 2, 3, 4, 5, 6]), -70000);
        AssertDoubles(_bytes.Element<uint>(6, [4000000000, 2, 3, 4, 5, 6]), 4e9);
        AssertDoubles(_bytes.Element<float>(7, [0.5f, 2, 3, 4, 5, 6]), 0.5);
        AssertDoubles(_bytes.Element(9, [0.1, 2, 3, 4, 5, 6]), 0.1);
        AssertDoubles(_bytes.Element<long>(12, [-1L << 40, 2, 3, 4, 5, 6]), -Math.Pow(2, 40));
        AssertDoubles(_bytes.Element<ulong>(13, [1UL << 50, 2, 3, 4, 5, 6]), Math.Pow(2, 50));

        void AssertDoubles(byte[] part, double first)
        {
            var array = Read(_bytes.Matrix("x", MatBytes.Double, [2, 3], part));
            Assert.That(array.ElementType, Is.EqualTo(ElementType.Float64));
            Assert.That(array.ToDouble(), Is.EqualTo(new[] { first, 3, 5, 2, 4, 6 }));
        }
    }

    [Test]
    public void SmallElementsStandInsideTheTag()
    {
        var array = Read(_bytes.Matrix("x", MatBytes.Single, [1, 2], _bytes.Element<short>(3, [-2, 9], small: true)));
        Assert.That(array.AsSpan<float>().ToArray(), Is.EqualTo(new[] { -2f, 9f }));
        var odd = Read(_bytes.Matrix("x", MatBytes.Double, [1, 3], _bytes.Element<byte>(2, [3, 4, 5], small: true)));
        Assert.That(odd.ToDouble(), Is.EqualTo(new[] { 3.0, 4, 5 }));
    }

    [Test]
    public void ComplexPartsMayBeStoredDifferently()
    {
        var parts = new[] { _bytes.Element(9, [0.25, 1.5]), _bytes.Element<byte>(2, [7, 8], small: true) };
        var doubles = Read(_bytes.Matrix("x", MatBytes.Double | MatBytes.Complex, [2, 1], parts));
        Complex[] expected = [new(0.25, 7), new(1.5, 8)];
        Assert.That(doubles.AsSpan<Complex>().ToArray(), Is.EqualTo(expected));
        var integers = Read(_bytes.Matrix("x", 9 | MatBytes.Complex, [1, 1], Byte(3), Byte(4)));
        Assert.That(integers.AsSpan<Complex>().ToArray(), Is.EqualTo(new[] { new Complex(3, 4) }));

        byte[] Byte(byte value) => _bytes.Element<byte>(2, [value], small: true);
    }

    [Test]
    public void TextMayBeStoredInAnyEncoding()
    {
        const string text = "µ°Ω";
        Assert.That(Text(_bytes.Element(4, text.Select(c => (ushort)c).ToArray())), Is.EqualTo(text));
        Assert.That(Text(_bytes.Element(17, text.Select(c => (ushort)c).ToArray())), Is.EqualTo(text));
        Assert.That(Text(_bytes.Element(16, Encoding.UTF8.GetBytes(text))), Is.EqualTo(text));

        string Text(byte[] part)
        {
            var array = Read(_bytes.Matrix("x", MatBytes.Char, [1, 3], part));
            return new string(MemoryMarshal.Cast<ushort, char>(array.AsSpan<ushort>()));
        }
    }

    [Test]
    public void AnyNumberButZeroIsTrue()
    {
        var array = Read(_bytes.Matrix("x", 9 | MatBytes.Logical, [1, 3], _bytes.Element<byte>(2, [0, 1, 200])));
        Assert.That(array.AsSpan<bool>().ToArray(), Is.EqualTo(new[] { false, true, true }));
    }

    [Test]
    public void FourAxesAreReordered()
    {
        var stored = new List<int>();
        // First axis fastest.
        for (var d = 0; d < 2; d++)
        for (var c = 0; c < 3; c++)
        for (var b = 0; b < 1; b++)
        for (var a = 0; a < 2; a++)
            stored.Add(100 * a + 10 * c + d);
        var array = Read(_bytes.Matrix("x", 12, [2, 1, 3, 2], _bytes.Element(5, stored.ToArray())));
        int[] expected = [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121];
        Assert.That(array.Shape, Is.EqualTo([2, 1, 3, 2]));
        Assert.That(array.AsSpan<int>().ToArray(), Is.EqualTo(expected));
    }

    /// <summary>Reads a variable plain and compressed, which must give the same.</summary>
    private NumericArray Read(byte[] variable)
    {
        var plain = ReadFile(variable);
        var compressed = ReadFile(_bytes.Compressed(variable));
        Assert.That(compressed.ToString(), Is.EqualTo(plain.ToString()));
        Assert.That(compressed.Bytes.SequenceEqual(plain.Bytes));
        return plain;
    }

    private NumericArray ReadFile(byte[] variable)
    {
        var file = new MatBytes(bigEndian).Add(variable).ToArray();
        return MatFile.ReadContent(new MemoryStream(file), "f.mat").Arrays["x"];
    }
}
