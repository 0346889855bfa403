using System.Numerics;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>
/// Every kernel against its definition, with vectors of either width, on windows narrower than a vector, of whole vectors
/// and with a rest; nothing beside the window changes.
/// </summary>
[TestFixture(typeof(Lanes8))]
[TestFixture(typeof(Lanes16))]
internal sealed unsafe class FieldKernelsTests<T>
    where T : unmanaged, ILanes<T>
{
    private const int Height = 5;
    private const int Margin = 3;
    private static readonly int[] Widths = [3, 16, 37];

    [TestCaseSource(nameof(Widths))]
    public void AnExitWaveIsProbeTimesObject(int width)
    {
        var (image, stride) = Image(1, width);
        var (probe, exit) = (Contiguous(2, width), Contiguous(3, width));
        FieldKernels<T>.Exit(probe.Window, image.Window, stride, exit.Window, Height, width);
        exit.Holds(i => Inside(i, width) ? probe.Before(i) * image.Before(i / width * stride + i % width) : null);
    }

    [TestCase(3, 40)]
    [TestCase(32, 16)]
    [TestCase(37, 21)]
    public void ATransposeHasRowsForColumns(int height, int width)
    {
        var (source, result) = (new TestPlane(1, height * width), new TestPlane(2, height * width + 9));
        FieldKernels<T>.Transpose(source.Window.Re, height, width, result.Window.Re);
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
            Assert.That(result.Now(column * height + row).Real, Is.EqualTo(source.Before(row * width + column).Real));
        for (var i = height * width; i < result.Length; i++)
            Assert.That(result.Now(i), Is.EqualTo(result.Before(i)));
    }

    [TestCaseSource(nameof(Widths))]
    public void AProductIsAddedToAPart(int width)
    {
        var (target, stride) = Image(1, width);
        var inner = width + 2;
        var (factor, field) = (new TestPlane(2, Height * inner), new TestPlane(3, Height * inner));
        FieldKernels<T>.AddProduct(factor.Window, field.Window, inner, target.Window, stride, Height, width);
        target.Holds(i =>
            At(i, stride, width) is { } at
                ? target.Before(i)
                    + factor.Before(at.Row * inner + at.Column) * field.Before(at.Row * inner + at.Column)
                : null
        );
    }

    [Test]
    public void AStepGoesToTheMeasuredAmplitudes([Values(1, 2, 3)] int modes, [Values] bool weighted)
    {
        // Longer than a block of sums, which is 1,024.
        const int length = 1024 + 48;
        var field = new AlignedBuffer(2 * length * modes);
        var (amplitude, weight) = (new AlignedBuffer(length), new AlignedBuffer(length));
        var random = new Random(7);
        foreach (var buffer in (AlignedBuffer[])[field, amplitude, weight])
        foreach (ref var value in buffer.Span)
            value = random.NextSingle() - (buffer == field ? 0.5f : 0);
        // No light in any mode, no light measured, none at all, and light in the last mode alone.
        foreach (var dark in (int[])[5, 6, 1030])
            for (var m = 0; m < 2 * modes; m++)
                field.Span[m * length + dark] = 0;
        amplitude.Span[6] = amplitude.Span[9] = 0;
        for (var m = 0; m < 2 * modes - 2; m++)
            field.Span[m * length + 11] = 0;
        var before = field.Span.ToArray();
        var scale = new IntensityScale(length, isAmplitude: false);
        var measured = new AlignedBuffer(length);
        for (var i = 0; i < length; i++)
            measured.Span[i] = amplitude.Span[i] * amplitude.Span[i] * scale.Factor;
        var start = new Planes(field.Pointer, field.Pointer + length);
        var weights = weighted ? weight.Pointer : null;
        var frameWeight = weighted ? 0.7f : 1;

        var misfit =
            modes == 1
                ? FieldKernels<T>.ToAmplitudeStep(start, measured.Pointer, scale, weights, frameWeight, length)
                : FieldKernels<T>.ToAmplitudeStep(
                    start,
                    2 * length,
                    modes,
                    measured.Pointer,
                    scale,
                    weights,
                    frameWeight,
                    length
                );

        var expected = 0.0;
        for (var i = 0; i < length; i++)
        {
            var a = (double)amplitude.Span[i];
            var w = weighted ? 0.7 * weight.Span[i] : 1;
            var sum = Math.Sqrt(Enumerable.Range(0, 2 * modes).Sum(m => Math.Pow(before[m * length + i], 2)));
            expected += w * (sum - a) * (sum - a);
            for (var m = 0; m < 2 * modes; m++)
            {
                var step =
                    sum > 0 ? w * (a / sum - 1) * before[m * length + i]
                    : m == 0 ? w * a
                    : 0;
                Assert.That(field.Span[m * length + i], Is.EqualTo(step).Within(3e-6), $"pixel {i}, plane {m}");
            }
        }

        Assert.That(misfit, Is.EqualTo(expected).Within(1e-4).Percent);
        GC.KeepAlive(weight);
        GC.KeepAlive(measured);
    }

    [Test]
    public void IntensitiesAddUp()
    {
        var (field, total) = (new TestPlane(1, 48), new TestPlane(2, 50));
        FieldKernels<T>.AddIntensity(field.Window, total.Window.Re, 48);
        for (var i = 0; i < 50; i++)
            Assert.That(
                total.Now(i).Real,
                Is.EqualTo(total.Before(i).Real + (i < 48 ? Square(field.Before(i)) : 0)).Within(1e-6)
            );
    }

    [TestCaseSource(nameof(Widths))]
    public void IntensitiesOfAWindowAddUp(int width)
    {
        var (image, stride) = Image(1, width);
        var total = Contiguous(2, width);
        FieldKernels<T>.AddWindowIntensity(image.Window, stride, total.Window.Re, Height, width);
        for (var i = 0; i < total.Length; i++)
        {
            var more = Inside(i, width) ? Square(image.Before(i / width * stride + i % width)) : 0;
            Assert.That(total.Now(i).Real, Is.EqualTo(total.Before(i).Real + more).Within(1e-6));
        }
    }

    [TestCase(0.5f, 0.2f)]
    [TestCase(1f, 0f)]
    [TestCase(0f, 1f)]
    public void AConjugateIsDividedAndZeroWhereNothingDivides(float a, float b)
    {
        var (field, intensity, output) = (new TestPlane(1, 48), new TestPlane(2, 48), new TestPlane(3, 48));
        for (var i = 0; i < 48; i++)
            intensity.Set(i, i is 4 or 20 ? 0 : Math.Abs(intensity.Before(i).Real));
        FieldKernels<T>.ConjugateOver(field.Window, intensity.Window.Re, a, b, 1.5f, output.Window, 48);
        output.Holds(i =>
        {
            var denominator = a * intensity.Before(i).Real + b;
            return denominator > 0 ? 1.5 * Complex.Conjugate(field.Before(i)) / denominator : Complex.Zero;
        });
    }

    [Test]
    public void AStepOfTheProbeIsAdded([ValueSource(nameof(Widths))] int width, [Values(0f, 0.3f)] float b)
    {
        var (image, stride) = Image(1, width);
        image.Set(2, 0);
        image.Set(stride + width - 1, 0);
        var (field, target) = (Contiguous(2, width), Contiguous(3, width));
        FieldKernels<T>.AddProbeStep(image.Window, stride, field.Window, target.Window, Height, width, 0.6f, 0.8f, b);
        target.Holds(i =>
        {
            if (!Inside(i, width))
                return null;
            var o = image.Before(i / width * stride + i % width);
            var denominator = 0.8 * Square(o) + b;
            var step = denominator > 0 ? 0.6 / denominator * Complex.Conjugate(o) * field.Before(i) : 0;
            return target.Before(i) + step;
        });
    }

    [Test]
    public void TheLargestIntensityIsFoundWhereverItLies([ValueSource(nameof(Widths))] int width)
    {
        foreach (var place in (int[])[0, width - 1, width / 2, (Height - 1) * width, Height * width - 1])
        {
            var (image, stride) = Image(1, width);
            image.Set(place / width * stride + place % width, new Complex(-2, 3));
            image.Set(-1, 9);
            image.Set(Height * stride + width / 2, 9);
            image.Set((Height - 1) * stride + width, 9);
            Assert.That(
                FieldKernels<T>.LargestIntensity(image.Window, stride, Height, width),
                Is.EqualTo(13),
                $"place {place}"
            );
            GC.KeepAlive(image);
        }
    }

    [TestCaseSource(nameof(Widths))]
    public void TheSumsOfAShiftAreThoseOfItsEquations(int width)
    {
        var (image, stride) = Image(1, width);
        var (probe, step) = (Contiguous(2, width), Contiguous(3, width));
        var found = FieldKernels<T>.SumShift(image.Window, stride, probe.Window, step.Window, Height, width, 2.5f);
        var (rr, rc, cc, r, c) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < Height; row++)
        for (var column = 0; column < width; column++)
        {
            var at = row * stride + column;
            var down = (image.Before(at + stride) - image.Before(at - stride)) / 2;
            var right = (image.Before(at + 1) - image.Before(at - 1)) / 2;
            var (p, s) = (probe.Before(row * width + column), step.Before(row * width + column));
            rr += 2.5 * Square(p) * Square(down);
            rc += 2.5 * Square(p) * (Complex.Conjugate(down) * right).Real;
            cc += 2.5 * Square(p) * Square(right);
            r += (Complex.Conjugate(p * down) * s).Real;
            c += (Complex.Conjugate(p * right) * s).Real;
        }

        Assert.Multiple(() =>
        {
            Assert.That(found.RowRow, Is.EqualTo(rr).Within(1e-5));
            Assert.That(found.RowColumn, Is.EqualTo(rc).Within(1e-5));
            Assert.That(found.ColumnColumn, Is.EqualTo(cc).Within(1e-5));
            Assert.That(found.Row, Is.EqualTo(r).Within(1e-5));
            Assert.That(found.Column, Is.EqualTo(c).Within(1e-5));
        });
    }

    [TestCaseSource(nameof(Widths))]
    public void AnAcceleratedStepTakesTheSumOfThePartsAndClearsThoseUsed(int width)
    {
        const int offset = 4;
        var (x, z) = (new TestPlane(1, width + 20), new TestPlane(2, width + 20));
        var parts = Enumerable.Range(3, 3).Select(seed => new TestPlane(seed, width + 20)).ToArray();
        var pointers = parts.Select(part => (nint)(part.Window.Re + offset)).ToArray();
        var (x0, z0) = (x.Window + offset, z.Window + offset);
        var finite = FieldKernels<T>.Accelerate(x0.Re, z0.Re, pointers, 2, width, 0.3f, 0.7f, width);
        Assert.That(finite, Is.Zero);
        for (var i = 0; i < width + 20; i++)
        {
            var inside = i >= offset && i < offset + width;
            var next = z.Before(i).Real + 0.3 * parts.Sum(part => part.Before(i).Real);
            var ahead = next + 0.7 * (next - x.Before(i).Real);
            Assert.That(x.Now(i).Real, Is.EqualTo(inside ? next : x.Before(i).Real).Within(1e-6));
            Assert.That(z.Now(i).Real, Is.EqualTo(inside ? ahead : z.Before(i).Real).Within(1e-6));
            for (var c = 0; c < 3; c++)
                Assert.That(parts[c].Now(i).Real, Is.EqualTo(inside && c < 2 ? 0 : parts[c].Before(i).Real));
        }
    }

    [Test]
    public void AnAcceleratedStepSaysWhetherItIsFinite([Values(0, 17, 36)] int place, [Values] bool isNan)
    {
        const int width = 37;
        var (x, z, part) = (new TestPlane(1, width), new TestPlane(2, width), new TestPlane(3, width));
        z.Set(place, isNan ? double.NaN : double.PositiveInfinity);
        nint[] parts = [(nint)part.Window.Re];
        var finite = FieldKernels<T>.Accelerate(x.Window.Re, z.Window.Re, parts, 1, width, 1, 1, 0);
        Assert.That(finite, Is.NaN);
        GC.KeepAlive(part);
    }

    private static (TestPlane Plane, int Stride) Image(int seed, int width)
    {
        var stride = width + 2 * Margin;
        return (new TestPlane(seed, (Height + 2) * stride, stride + Margin), stride);
    }

    private static TestPlane Contiguous(int seed, int width) => new(seed, Height * width + 7);

    private static bool Inside(int index, int width) => index < Height * width;

    private static (int Row, int Column)? At(int index, int stride, int width)
    {
        var (row, column) = ((index + Margin + stride) / stride - 1, (index + Margin) % stride - Margin);
        return index >= 0 && row < Height && column >= 0 && column < width ? (row, column) : null;
    }

    private static double Square(Complex value) => value.Real * value.Real + value.Imaginary * value.Imaginary;
}
