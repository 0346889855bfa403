using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Tests.Fourier;

/// <summary>A filter in the far field, by three passes and by two whole transforms.</summary>
public unsafe class FourierRoundTripTests
{
    private static readonly (int H, int W)[] Sizes =
    [
        (1, 1),
        (1, 16),
        (32, 32),
        (128, 128),
        (16, 256),
        (48, 96),
        (100, 36),
        (15, 21),
        (17, 5),
        (34, 37),
        (3, 101),
    ];

    [Test]
    public void AgreesWithTheTransforms([ValueSource(nameof(Sizes))] (int H, int W) size, [Values] bool wide)
    {
        if (wide && !Lanes16.IsSupported)
            Assert.Ignore("This processor has no 512-bit vectors.");
        var (h, w) = size;
        var random = new Random(h * w);
        var (re, im, filter) = (Noise(), Noise(), Noise());
        var (expectedRe, expectedIm) = ((float[])re.Clone(), (float[])im.Clone());
        var fft = new Fft2D(h, w, wide);
        fft.Forward(expectedRe, expectedIm);
        for (var i = 0; i < h * w; i++)
            (expectedRe[i], expectedIm[i]) = (expectedRe[i] * filter[i], expectedIm[i] * filter[i]);
        fft.Inverse(expectedRe, expectedIm);

        var (backRe, backIm) = (new float[h * w], new float[h * w]);
        fixed (
            float* r = re,
                i = im,
                f = filter,
                br = backRe,
                bi = backIm
        )
        {
            var trip = new Filter(h, w, new Planes(r, i), f, new Planes(br, bi));
            var roundTrip = fft.ToRoundTrip();
            roundTrip.Run(ref trip);
            // The least of some runs: a collection by another thread in between adds what was left of this one's buffer.
            var least = long.MaxValue;
            for (var run = 0; run < 5; run++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                roundTrip.Run(ref trip);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.That(least, Is.Zero);
        }

        Assert.Multiple(() =>
        {
            Assert.That(backRe.Select(x => x / (h * w)), Is.EqualTo(expectedRe).Within(1e-6));
            Assert.That(backIm.Select(x => x / (h * w)), Is.EqualTo(expectedIm).Within(1e-6));
        });

        float[] Noise() => [.. Enumerable.Range(0, h * w).Select(_ => random.NextSingle() - 0.5f)];
    }

    private readonly struct Filter(int height, int width, Planes input, float* filter, Planes output) : IRoundTrip
    {
        public void Read<T>(int column, int count, Planes block)
            where T : unmanaged, ILanes<T>
        {
            for (var e = 0; e < height; e++)
            for (var lane = 0; lane < T.Count; lane++)
            {
                var inside = lane < count;
                block.Re[e * T.Count + lane] = inside ? input.Re[e * width + column + lane] : 0;
                block.Im[e * T.Count + lane] = inside ? input.Im[e * width + column + lane] : 0;
            }
        }

        public void Change<T>(int row, int count, Planes block)
            where T : unmanaged, ILanes<T>
        {
            for (var v = 0; v < width; v++)
            for (var lane = 0; lane < count; lane++)
            {
                block.Re[v * T.Count + lane] *= filter[(row + lane) * width + v];
                block.Im[v * T.Count + lane] *= filter[(row + lane) * width + v];
            }
        }

        public void Write<T>(int column, int count, Planes block)
            where T : unmanaged, ILanes<T>
        {
            for (var e = 0; e < height; e++)
            for (var lane = 0; lane < count; lane++)
            {
                output.Re[e * width + column + lane] = block.Re[e * T.Count + lane];
                output.Im[e * width + column + lane] = block.Im[e * T.Count + lane];
            }
        }
    }
}
