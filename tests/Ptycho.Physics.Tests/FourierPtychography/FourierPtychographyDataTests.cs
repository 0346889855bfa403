using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.Physics.FourierPtychography;

namespace Ptycho.Physics.Tests.FourierPtychography;

public class FourierPtychographyDataTests
{
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(-0.5f)]
    public void ABadPixelIsNamed(float value)
    {
        var amplitudes = Ones();
        amplitudes[2 * 20 + 3 * 5 + 4] = value;
        Assert.That(
            () => Make(amplitudes),
            Throws.ArgumentException.With.Message.Contains("Image 2").And.Message.Contains("row 3, column 4")
        );
    }

    [Test]
    public void ADarkImageIsNamed()
    {
        var amplitudes = Ones();
        amplitudes.AsSpan(20, 20).Clear();
        Assert.That(() => Make(amplitudes), Throws.ArgumentException.With.Message.Contains("Image 1 is dark"));
    }

    [Test]
    public void WrongSizesAreRefused()
    {
        Assert.That(() => Make(new float[59]), Throws.ArgumentException.With.Message.Contains("60"));
        Assert.That(() => Make(Ones(), new ComplexField(5, 4)), Throws.ArgumentException.With.Message.Contains("5×4"));
        Assert.That(() => Make(Ones(), new ComplexField(4, 5)), Throws.ArgumentException.With.Message.Contains("zero"));
        Assert.That(
            () => new FourierPtychographyData(Ones(), 4, 5, [default, default, new(0.8, 0.8)], SyntheticSmear.Optics),
            Throws.ArgumentException.With.Message.Contains("image 2")
        );
    }

    [Test]
    public void MatVariablesBecomeImagesInOrder()
    {
        var data = FourierPtychographyMatFile.FromArrays(Variables(), "f.mat");
        Assert.That((data.ImageCount, data.Height, data.Width), Is.EqualTo((2, 3, 4)));
        Assert.That(data.Image(1).ToArray(), Is.EqualTo(Enumerable.Range(0, 12).Select(i => 2f * i + 2)));
        Assert.That(data.Pupil, Is.Null);
        Assert.That(data.Optics.Defocus, Is.EqualTo(-1.5e-5));
        Assert.That(data.Optics.Wavelength, Is.EqualTo(6.3e-7));
        // xint and yint are millimetres, and the second LED is one pitch to the right.
        var expected = new LedArray().DirectionFrom(-0.25e-3 + 4e-3, 0.5e-3);
        Assert.That(data.Directions[1].X, Is.EqualTo(expected.X).Within(1e-12));
        Assert.That(data.Directions[1].Y, Is.EqualTo(expected.Y).Within(1e-12));
    }

    [TestCase("imlow_HDR")]
    [TestCase("wlength")]
    [TestCase("xint")]
    [TestCase("yint")]
    [TestCase("theta")]
    [TestCase("z")]
    [TestCase("aberration")]
    public void AMissingOrWrongVariableIsNamed(string key)
    {
        var missing = Variables();
        missing.Remove(key);
        AssertRefused(missing, key);
        var wrong = Variables();
        wrong[key] = NumericArray.CreateComplex64(new float[2 * 5], 5);
        AssertRefused(wrong, key);
    }

    [Test]
    public void ABadValueIsRefusedWithTheFile()
    {
        var dark = Variables();
        dark["imlow_HDR"] = NumericArray.Create<float>(new float[24], 3, 4, 2);
        AssertRefused(dark, "Image 0");
        var pupil = Variables();
        pupil["aberration"] = NumericArray.CreateComplex64(new float[2 * 9], 3, 3);
        AssertRefused(pupil, "3×3");
        var wavelength = Variables();
        wavelength["wlength"] = NumericArray.Create([-1.0], 1, 1);
        AssertRefused(wavelength, "Wavelength");
    }

    private static void AssertRefused(Dictionary<string, NumericArray> variables, string expected) =>
        Assert.That(
            () => FourierPtychographyMatFile.FromArrays(variables, "f.mat"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("f.mat").And.Message.Contains(expected)
        );

    private static Dictionary<string, NumericArray> Variables() =>
        new()
        {
            ["imlow_HDR"] = NumericArray.Create<float>(
                Enumerable.Range(1, 24).Select(i => (float)i).ToArray(),
                3,
                4,
                2
            ),
            ["wlength"] = NumericArray.Create([6.3e-7], 1, 1),
            ["z"] = NumericArray.Create([-1.5e-5], 1, 1),
            ["xint"] = NumericArray.Create([-0.25], 1, 1),
            ["yint"] = NumericArray.Create([0.5], 1, 1),
            ["theta"] = NumericArray.Create<byte>([0], 1, 1),
            ["aberration"] = NumericArray.Create<byte>([0], 1, 1),
        };

    private static float[] Ones()
    {
        var values = new float[60];
        values.AsSpan().Fill(1);
        return values;
    }

    private static FourierPtychographyData Make(float[] amplitudes, ComplexField? pupil = null) =>
        new(amplitudes, 4, 5, [default, default, default], SyntheticSmear.Optics, pupil);
}
