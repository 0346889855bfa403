using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Propagation;

/// <summary>Both forward models against the sums that define them; an adjoint test alone allows any wrong pair.</summary>
public unsafe class FarFieldDefinitionTests
{
    // Windows of 36 rows: whole vectors of every width, and a rest.
    private const int H = 36;
    private const int W = 5;

    private static readonly ScanPosition[] Positions =
    [
        new(0, 0),
        new(-5, 3),
        new(8, -2),
        new(2.25, 1.4),
        new(-3.4, -1.75),
        new(6, 2.45),
    ];

    private static readonly Probe Probe = Probe.FromModes([Noise(1, H, W), Noise(2, H, W)]);
    private static readonly ComplexField Image = Noise(3, 40, 7);

    [Test]
    public void TheManagedModelIsItsDefinition()
    {
        var model = new FrameOperator(Probe, new ScanPattern(Positions), 40, 7);
        var (re, im) = (new float[model.FarFieldLength], new float[model.FarFieldLength]);
        for (var k = 0; k < Positions.Length; k++)
        {
            Array.Fill(re, 7f);
            Array.Fill(im, 7f);
            model.Forward(Image, k, re, im);
            for (var m = 0; m < 2; m++)
                AssertSame(re.AsSpan(m * H * W, H * W), im.AsSpan(m * H * W, H * W), Defined(m, Positions[k]));
        }
    }

    [Test]
    public void TheTensorModelIsTheManagedOne([Values] bool fractional)
    {
        var scan = new ScanPattern(fractional ? Positions : Positions[..3]);
        var model = new FrameOperator(Probe, scan, 40, 7);
        using var tensors = new PtychographyOperator(Probe, scan, 40, 7);
        using var scope = NewDisposeScope();
        var other = Noise(4, 40, 7);
        var farField = tensors.Forward(stack([Image.ToTensor(), other.ToTensor()]));
        var (re, im) = (new float[model.FarFieldLength], new float[model.FarFieldLength]);
        for (var b = 0; b < 2; b++)
        for (var k = 0; k < scan.Count; k++)
        {
            model.Forward(b == 0 ? Image : other, k, re, im);
            var parts = view_as_real(farField[b][k]).contiguous().data<float>().ToArray();
            for (var i = 0; i < re.Length; i++)
            {
                Assert.That(parts[2 * i], Is.EqualTo(re[i]).Within(1e-5));
                Assert.That(parts[2 * i + 1], Is.EqualTo(im[i]).Within(1e-5));
            }
        }
    }

    [Test]
    public void AShiftedFieldIsAddedToASpectrum()
    {
        var (field, other) = (Noise(5, H, W), Noise(6, H, W));
        var shift = new ProbeShift(new Fft2D(H, W));
        var spectrum = new AlignedBuffer(2 * H * W);
        var result = new ComplexField(H, W);
        fixed (float* re = field.Real)
        fixed (float* im = field.Imaginary)
        fixed (float* otherRe = other.Real)
        fixed (float* otherIm = other.Imaginary)
        fixed (float* resultRe = result.Real)
        fixed (float* resultIm = result.Imaginary)
        {
            var planes = Planes.Of(spectrum, H * W);
            shift.Analyse(new Planes(otherRe, otherIm), 1, planes);
            shift.AddShifted(new Planes(re, im), 0.3, -1.75, planes);
            shift.Shift(planes, 0, 0, new Planes(resultRe, resultIm));
        }

        GC.KeepAlive(spectrum);
        var expected = Shifted(field, 0.3, -1.75);
        for (var i = 0; i < expected.Length; i++)
            expected[i] += new Complex(other.Real[i], other.Imaginary[i]);
        AssertSame(result.Real, result.Imaginary, expected);
    }

    [Test]
    public void WhatDoesNotFitIsRefused()
    {
        var scan = new ScanPattern(Positions);
        var model = new FrameOperator(Probe, scan, 40, 7);
        var (plane, shorter) = (new float[2 * H * W], new float[2 * H * W - 1]);
        Assert.Multiple(() =>
        {
            Assert.That(() => model.AddAdjoint(plane, shorter, 0, Image), Throws.ArgumentException);
            Assert.That(() => model.AddAdjoint(plane, plane, 0, new ComplexField(40, 6)), Throws.ArgumentException);
            foreach (var frame in new[] { -1, Positions.Length })
                Assert.That(
                    () => model.Forward(Image, frame, plane, plane),
                    Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("frame")
                );
            Assert.That(() => model.Forward(null!, 0, plane, plane), Throws.ArgumentNullException);
            Assert.That(() => new FrameOperator(null!), Throws.ArgumentNullException);
            Assert.That(() => new FrameOperator(null!, scan, 40, 7), Throws.ArgumentNullException);
            Assert.That(() => new FrameOperator(Probe, null!, 40, 7), Throws.ArgumentNullException);
            foreach (var (height, width) in new[] { (0, 7), (40, 0) })
            {
                Assert.That(
                    () => new FrameOperator(Probe, scan, height, width),
                    Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("object")
                );
                Assert.That(
                    () => new PtychographyOperator(Probe, scan, height, width),
                    Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("object")
                );
            }

            Assert.That(() => new PtychographyOperator(null!, scan, 40, 7), Throws.ArgumentNullException);
            Assert.That(() => new PtychographyOperator(Probe, null!, 40, 7), Throws.ArgumentNullException);
            Assert.That(() => new PtychographyOperator(Probe, scan.Shifted(99, 0), 40, 7), Throws.ArgumentException);
        });
    }

    private static Complex[] Defined(int mode, ScanPosition position)
    {
        // The window lies at the nearest whole pixel; the probe is moved by the rest.
        var (row, column) = ((int)Math.Round(position.Row), (int)Math.Round(position.Column));
        var exit = Shifted(Probe.Modes[mode], position.Row - row, position.Column - column);
        for (var y = 0; y < H; y++)
        for (var x = 0; x < W; x++)
        {
            var inside = y + row is >= 0 and < 40 && x + column is >= 0 and < 7;
            exit[y * W + x] *= inside ? Image[y + row, x + column] : 0;
        }

        return Transform(exit, -1);
    }

    private static Complex[] Shifted(ComplexField field, double rows, double columns)
    {
        var values = field.Real.Zip(field.Imaginary, (re, im) => new Complex(re, im)).ToArray();
        var spectrum = Transform(values, -1);
        for (var u = 0; u < H; u++)
        for (var v = 0; v < W; v++)
        {
            var y = (double)(u < (H + 1) / 2 ? u : u - H) / H;
            var x = (double)(v < (W + 1) / 2 ? v : v - W) / W;
            spectrum[u * W + v] *= Complex.FromPolarCoordinates(1, -2 * Math.PI * (y * rows + x * columns));
        }

        return Transform(spectrum, 1);
    }

    private static Complex[] Transform(Complex[] field, int sign)
    {
        var result = new Complex[H * W];
        for (var u = 0; u < H; u++)
        for (var v = 0; v < W; v++)
        for (var y = 0; y < H; y++)
        for (var x = 0; x < W; x++)
        {
            var phase = sign * 2 * Math.PI * ((double)u * y / H + (double)v * x / W);
            result[u * W + v] += field[y * W + x] * Complex.FromPolarCoordinates(1 / Math.Sqrt(H * W), phase);
        }

        return result;
    }

    private static void AssertSame(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Complex[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.That((new Complex(re[i], im[i]) - expected[i]).Magnitude, Is.LessThan(1e-5));
    }

    private static ComplexField Noise(int seed, int height, int width)
    {
        var random = new Random(seed);
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        return field;
    }
}
