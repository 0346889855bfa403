using System.Diagnostics;
using System.Numerics;
using BenchmarkDotNet.Attributes;
using Ptycho.Physics.Fourier;

namespace Ptycho.Benchmarks.Fourier;

/// <summary>
/// One 2-D complex64 transform, natural order in and out, on one thread. FFTW takes interleaved numbers, in place or not,
/// unscaled, by plans of FFTW_PATIENT; ours takes two planes in place and is orthonormal.
/// </summary>
public unsafe class Fft2DCpu : IDisposable
{
    private const int Transforms = 200;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private float[] real = [];
    private float[] imaginary = [];
    private Fft2D fft = null!;
    private float* x;
    private float* y;
    private nint inPlace;
    private nint outOfPlace;

    [Params(32, 64, 128, 256, 48, 96, 100, 192)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        fft = new Fft2D(Size, Size);
        (real, imaginary) = (new float[Size * Size], new float[Size * Size]);
        var bytes = (nuint)(2 * sizeof(float) * Size * Size);
        x = Fftw.Allocate(bytes);
        y = Fftw.Allocate(bytes);
        (inPlace, outOfPlace) = (Fftw.Plan(Size, x, x), Fftw.Plan(Size, x, y));
        var random = new Random(1);
        for (var i = 0; i < real.Length; i++)
        {
            (real[i], imaginary[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
            (x[2 * i], x[2 * i + 1]) = (real[i], imaginary[i]);
        }

        Compare();
        // FFTW's is not scaled: values would overflow when it is repeated in place.
        new Span<float>(x, 2 * real.Length).Clear();
        // The runtime optimises what runs often, but in its own time.
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_warmUp; )
            PtychoDiffusion();
    }

    [Benchmark(OperationsPerInvoke = Transforms)]
    public void FftwInPlace()
    {
        for (var i = 0; i < Transforms; i++)
            Fftw.Execute(inPlace);
    }

    [Benchmark(OperationsPerInvoke = Transforms)]
    public void FftwOutOfPlace()
    {
        for (var i = 0; i < Transforms; i++)
            Fftw.Execute(outOfPlace);
    }

    [Benchmark(OperationsPerInvoke = Transforms)]
    public void PtychoDiffusion()
    {
        for (var i = 0; i < Transforms; i++)
            fft.Forward(real, imaginary);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Fftw.Destroy(inPlace);
        Fftw.Destroy(outOfPlace);
        Fftw.Free(x);
        Fftw.Free(y);
        GC.SuppressFinalize(this);
    }

    private void Compare()
    {
        Fftw.Execute(outOfPlace);
        fft.Forward(real, imaginary);
        var (error, energy) = (0.0, 0.0);
        for (var i = 0; i < real.Length; i++)
        {
            var expected = new Complex(y[2 * i], y[2 * i + 1]) / Size;
            var difference = new Complex(real[i], imaginary[i]) - expected;
            error += difference.Real * difference.Real + difference.Imaginary * difference.Imaginary;
            energy += expected.Real * expected.Real + expected.Imaginary * expected.Imaginary;
        }

        if (!(error <= 1e-12 * energy))
            throw new InvalidOperationException(
                $"FFTW and Fft2D differ by {Math.Sqrt(error / energy):E1} at {Size}×{Size}."
            );
    }
}
