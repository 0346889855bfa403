using Ptycho.Diffusion.Data;
using Ptycho.IO;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class CubicSplineImageTests
{
    // Expected values: scipy.ndimage.map_coordinates(order=3, mode="mirror") of the two planes made by Pattern.
    [TestCase(0, 0, -1.00000000, -0.50000000)]
    [TestCase(2.5, 3.25, 0.00075120, 0.03655512)]
    [TestCase(0.3, 5.9, -0.15741627, 0.83450127)]
    [TestCase(4.99, 0.01, 0.99915200, 1.89976720)]
    [TestCase(5, 6, 1.50000000, 0.89999998)]
    [TestCase(3.7, 2.2, 1.00136668, 0.32423846)]
    [TestCase(1.0, 4.5, -0.83413462, 0.44471154)]
    public void Agrees_with_scipy(double row, double column, double real, double imaginary)
    {
        var value = new CubicSplineImage(Pattern()).At(row, column);
        Assert.That(value.Real, Is.EqualTo(real).Within(2e-6));
        Assert.That(value.Imaginary, Is.EqualTo(imaginary).Within(2e-6));
    }

    [Test]
    public void Passes_through_every_pixel()
    {
        var image = Pattern();
        var copy = new CubicSplineImage(image).Sample(new SamplingGrid(0, 0, 1, 0, 0, 1), 6, 7);
        Assert.That(copy.Real, Is.EqualTo(image.Real).Within(2e-6f));
        Assert.That(copy.Imaginary, Is.EqualTo(image.Imaginary).Within(2e-6f));
    }

    [Test]
    public void A_line_or_a_single_pixel_is_an_image_too()
    {
        var one = new CubicSplineImage(ComplexField.Constant(1, 1, new(2, -3)));
        Assert.That(one.At(0, 0).Real, Is.EqualTo(2).Within(1e-6));
        var line = new CubicSplineImage(new ComplexField(1, 3, [1, 2, 4], [0, 0, 0]));
        Assert.That(line.At(0, 2).Real, Is.EqualTo(4).Within(1e-6));
    }

    [TestCase(-0.1, 0)]
    [TestCase(5.1, 0)]
    [TestCase(0, 6.1)]
    [TestCase(double.NaN, 0)]
    public void A_position_outside_is_an_error(double row, double column)
    {
        var spline = new CubicSplineImage(Pattern());
        Assert.That(() => spline.At(row, column), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_grid_that_leaves_the_image_is_an_error()
    {
        var spline = new CubicSplineImage(Pattern());
        Assert.That(
            () => spline.Sample(new SamplingGrid(0, 0, 1, 0, 0, 1), 7, 7),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 5")
        );
    }

    private static ComplexField Pattern()
    {
        var field = new ComplexField(6, 7);
        for (var i = 0; i < field.Length; i++)
        {
            field.Real[i] = i * 37 % 11 / 4f - 1;
            field.Imaginary[i] = i * 23 % 13 / 5f - 0.5f;
        }
        return field;
    }
}
