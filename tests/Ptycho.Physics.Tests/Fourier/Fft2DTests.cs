using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Tests.Fourier;

public class Fft2DTests
{
    private static readonly (int H, int W)[] Sizes =
    [
        (1, 1),
        (1, 16),
        (2, 2),
        (4, 8),
        (16, 16),
        (32, 32),
        (64, 64),
        (128, 128),
        (16, 256),
        (512, 32),
        (48, 96),
        (100, 192),
        (15, 21),
        (13, 77),
        (39, 11),
        (17, 5),
        (34, 37),
        (3, 101),
        (31, 64),
        (6, 10),
        (42, 26),
    ];

    [Test]
    public void ForwardAgreesWithMathNet([ValueSource(nameof(Sizes))] (int H, int W) size, [Values] bool wide)
    {
        var fft = Create(size.H, size.W, wide);
        var (re, im) = Noise(size.H * size.W);
        var expected = Oracle(re, im, size.H, size.W);

        fft.Forward(re, im);

        Assert.That(Distance(re, im, expected), Is.LessThan(5e-7 * Norm(expected)));
    }

    [Test]
    public void InverseUndoesForward([ValueSource(nameof(Sizes))] (int H, int W) size, [Values] bool wide)
    {
        var fft = Create(size.H, size.W, wide);
        var (re, im) = Noise(size.H * size.W);
        var original = Combine(re, im);

        fft.Forward(re, im);
        fft.Inverse(re, im);

        Assert.That(Distance(re, im, original), Is.LessThan(1e-6 * Norm(original)));
    }

    [Test]
    public void EnergyIsKept([ValueSource(nameof(Sizes))] (int H, int W) size)
    {
        var fft = new Fft2D(size.H, size.W);
        var (re, im) = Noise(size.H * size.W);
        var before = Norm(Combine(re, im));

        fft.Forward(re, im);

        Assert.That(Norm(Combine(re, im)), Is.EqualTo(before).Within(1e-6 * before));
    }

    [Test]
    public void ShiftBecomesPhaseRamp()
    {
        const int h = 32;
        const int w = 48;
        var fft = new Fft2D(h, w);
        var (re, im) = Noise(h * w);
        var shiftedRe = new float[h * w];
        var shiftedIm = new float[h * w];
        for (var y = 0; y < h; y++)
        for (var x = 0; x < w; x++)
        {
            var target = (y + 3) % h * w + (x + 5) % w;
            shiftedRe[target] = re[y * w + x];
            shiftedIm[target] = im[y * w + x];
        }

        fft.Forward(re, im);
        fft.Forward(shiftedRe, shiftedIm);

        var expected = Combine(re, im);
        for (var u = 0; u < h; u++)
        for (var v = 0; v < w; v++)
            expected[u * w + v] *= Complex.FromPolarCoordinates(1, -2 * Math.PI * (3.0 * u / h + 5.0 * v / w));
        Assert.That(Distance(shiftedRe, shiftedIm, expected), Is.LessThan(1e-6 * Norm(expected)));
    }

    [Test]
    public unsafe void TransposedTransformsAgree([ValueSource(nameof(Sizes))] (int H, int W) size, [Values] bool wide)
    {
        var (h, w) = size;
        var fft = Create(h, w, wide);
        var (re, im) = Noise(h * w);
        var original = Combine(re, im);
        var oracle = Oracle(re, im, h, w);
        var scale = Math.Sqrt(h * w);
        var expected = new Complex[h * w];
        for (var u = 0; u < h; u++)
        for (var v = 0; v < w; v++)
            expected[v * h + u] = oracle[u * w + v] * scale;

        fixed (
            float* r = re,
                i = im
        )
            fft.ForwardTransposed(new Planes(r, i), new Planes(r, i));
        Assert.That(Distance(re, im, expected), Is.LessThan(5e-7 * Norm(expected)));

        fixed (
            float* r = re,
                i = im
        )
            fft.InverseTransposed(new Planes(r, i), new Planes(r, i));
        var back = original.Select(z => z * scale * scale).ToArray();
        Assert.That(Distance(re, im, back), Is.LessThan(1e-6 * Norm(back)));
    }

    [Test]
    public void ForkSharesNoScratch()
    {
        var fft = new Fft2D(64, 48);
        var (re, im) = Noise(64 * 48);
        var expected = Oracle(re, im, 64, 48);

        Parallel.For(
            0,
            8,
            _ =>
            {
                var own = fft.Fork();
                for (var i = 0; i < 20; i++)
                {
                    var (r, m) = ((float[])re.Clone(), (float[])im.Clone());
                    own.Forward(r, m);
                    Assert.That(Distance(r, m, expected), Is.LessThan(5e-7 * Norm(expected)));
                }
            }
        );
    }

    [Test]
    public void CallsDoNotAllocate()
    {
        var fft = new Fft2D(34, 96);
        var (re, im) = Noise(34 * 96);
        fft.Forward(re, im);
        fft.Inverse(re, im);
        var before = GC.GetAllocatedBytesForCurrentThread();
        fft.Forward(re, im);
        fft.Inverse(re, im);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void WrongLengthsAreNamed()
    {
        var fft = new Fft2D(4, 8);
        Assert.That(
            () => fft.Forward(new float[31], new float[32]),
            Throws.ArgumentException.With.Message.Contains("4×8")
        );
        Assert.That(
            () => fft.Inverse(new float[32], new float[33]),
            Throws.ArgumentException.With.Message.Contains("33")
        );
        Assert.That(() => new Fft2D(0, 8), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static Fft2D Create(int height, int width, bool wide)
    {
        if (wide && !Lanes16.IsSupported)
            Assert.Ignore("This processor has no 512-bit vectors.");
        return new Fft2D(height, width, wide);
    }

    private static (float[] Re, float[] Im) Noise(int length)
    {
        var random = new Random(length);
        return (
            Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray(),
            Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray()
        );
    }

    private static Complex[] Combine(float[] re, float[] im) => re.Zip(im, (r, i) => new Complex(r, i)).ToArray();

    private static Complex[] Oracle(float[] re, float[] im, int height, int width)
    {
        var field = Combine(re, im);
        for (var y = 0; y < height; y++)
        {
            var row = field[(y * width)..((y + 1) * width)];
            MathNet.Numerics.IntegralTransforms.Fourier.Forward(row, FourierOptions.Default);
            row.CopyTo(field, y * width);
        }

        for (var x = 0; x < width; x++)
        {
            var column = Enumerable.Range(0, height).Select(y => field[y * width + x]).ToArray();
            MathNet.Numerics.IntegralTransforms.Fourier.Forward(column, FourierOptions.Default);
            for (var y = 0; y < height; y++)
                field[y * width + x] = column[y];
        }

        return field;
    }

    private static double Norm(Complex[] field) => Math.Sqrt(field.Sum(z => z.Magnitude * z.Magnitude));

    private static double Distance(float[] re, float[] im, Complex[] expected) =>
        Norm(Combine(re, im).Zip(expected, (a, b) => a - b).ToArray());
}
