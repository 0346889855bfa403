using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Propagation;

/// <summary>
/// The linear model of a scan in managed code, one frame at a time: the far field of frame k and mode m is
/// Ψ_km = F[P_m · o(r + r_k)], F orthonormal, the object o being 0 outside its frame. At a fractional position the
/// probe is shifted by the fraction (Fourier shift theorem) and the window cut at the whole pixel, so AᴴA stays
/// diagonal. Not for two threads at once: it owns scratch memory; no call allocates.
/// </summary>
public sealed unsafe class FrameOperator
{
    private readonly ScanPattern _positions;
    private readonly Probe _probe;
    private readonly Fft2D _fft;
    private readonly ProbeShift? _shift;
    private readonly AlignedBuffer? _spectra;
    private readonly float[] _shiftedRe;
    private readonly float[] _shiftedIm;

    /// <summary>The model of a measurement.</summary>
    public FrameOperator(Measurement measurement)
        : this(NotNull(measurement).Probe, measurement.Positions, measurement.ObjectHeight, measurement.ObjectWidth) { }

    /// <summary>The model of a scan.</summary>
    /// <exception cref="ArgumentException">A window lies entirely outside the object (its frame is named).</exception>
    public FrameOperator(Probe probe, ScanPattern positions, int objectHeight, int objectWidth)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, 1);
        WindowCheck.RequireInside(positions, probe.Height, probe.Width, objectHeight, objectWidth);
        (_probe, _positions, ObjectHeight, ObjectWidth) = (probe, positions, objectHeight, objectWidth);
        _fft = new Fft2D(probe.Height, probe.Width);
        _shiftedRe = new float[Size];
        _shiftedIm = new float[Size];
        if (positions.IsWhole)
            return;
        _shift = new ProbeShift(_fft);
        _spectra = new AlignedBuffer(checked(2 * FarFieldLength));
        for (var m = 0; m < probe.ModeCount; m++)
            fixed (float* re = probe.Modes[m].Real)
            fixed (float* im = probe.Modes[m].Imaginary)
                _shift.Analyse(new Planes(re, im), 1, Spectrum(m));
    }

    /// <summary>Rows of the object.</summary>
    public int ObjectHeight { get; }

    /// <summary>Columns of the object.</summary>
    public int ObjectWidth { get; }

    /// <summary>Frames K.</summary>
    public int FrameCount => _positions.Count;

    /// <summary>Values of one frame's far field in one plane: modes · rows · columns.</summary>
    public int FarFieldLength => _probe.ModeCount * Size;

    private int Size => _probe.Height * _probe.Width;

    /// <summary>The far field of one frame.</summary>
    /// <param name="image">The object.</param>
    /// <param name="frame">Index of the frame.</param>
    /// <param name="real">Real parts of Ψ, [mode, row, column], the zero frequency at [0, 0]; overwritten.</param>
    /// <param name="imaginary">Imaginary parts, the same layout; overwritten.</param>
    /// <exception cref="ArgumentException">A shape disagrees.</exception>
    public void Forward(ComplexField image, int frame, Span<float> real, Span<float> imaginary)
    {
        Check(image, frame, real, imaginary);
        for (var m = 0; m < _probe.ModeCount; m++)
        {
            var re = real.Slice(m * Size, Size);
            var im = imaginary.Slice(m * Size, Size);
            var (probeRe, probeIm) = ShiftedMode(m, frame);
            re.Clear();
            im.Clear();
            foreach (var (o, p, length) in new WindowRows(_positions[frame], _probe, ObjectHeight, ObjectWidth))
                for (var i = 0; i < length; i++)
                {
                    var (x, y) = (image.Real[o + i], image.Imaginary[o + i]);
                    re[p + i] = probeRe[p + i] * x - probeIm[p + i] * y;
                    im[p + i] = probeRe[p + i] * y + probeIm[p + i] * x;
                }

            _fft.Forward(re, im);
        }
    }

    /// <summary>Adds the adjoint of one frame, Σ_m conj(P_m)·F⁻¹[Ψ_m] at its place, to an object-sized sum.</summary>
    /// <param name="real">Real parts of the far field, [mode, row, column]; overwritten by scratch values.</param>
    /// <param name="imaginary">Imaginary parts, the same layout; overwritten by scratch values.</param>
    /// <param name="frame">Index of the frame.</param>
    /// <param name="sum">Where to add.</param>
    /// <exception cref="ArgumentException">A shape disagrees.</exception>
    public void AddAdjoint(Span<float> real, Span<float> imaginary, int frame, ComplexField sum)
    {
        Check(sum, frame, real, imaginary);
        for (var m = 0; m < _probe.ModeCount; m++)
        {
            var re = real.Slice(m * Size, Size);
            var im = imaginary.Slice(m * Size, Size);
            var (probeRe, probeIm) = ShiftedMode(m, frame);
            _fft.Inverse(re, im);
            foreach (var (o, p, length) in new WindowRows(_positions[frame], _probe, ObjectHeight, ObjectWidth))
                for (var i = 0; i < length; i++)
                {
                    sum.Real[o + i] += probeRe[p + i] * re[p + i] + probeIm[p + i] * im[p + i];
                    sum.Imaginary[o + i] += probeRe[p + i] * im[p + i] - probeIm[p + i] * re[p + i];
                }
        }
    }

    /// <summary>diag(AᴴA) = Σ_k Σ_m |P_m(r − r_k)|², the illumination of every object pixel, [H, W] row-major.</summary>
    public float[] Illumination()
    {
        var total = new float[ObjectHeight * ObjectWidth];
        var intensity = new float[Size];
        var isWhole = false;
        for (var frame = 0; frame < FrameCount; frame++)
        {
            // At whole pixels the light is the same in every frame.
            if (!isWhole || !_positions[frame].IsWhole)
                SumModes(frame, intensity);
            isWhole = _positions[frame].IsWhole;
            foreach (var (o, p, length) in new WindowRows(_positions[frame], _probe, ObjectHeight, ObjectWidth))
            {
                var sum = total.AsSpan(o, length);
                TensorPrimitives.Add(sum, intensity.AsSpan(p, length), sum);
            }
        }

        return total;
    }

    private void SumModes(int frame, Span<float> intensity)
    {
        intensity.Clear();
        for (var m = 0; m < _probe.ModeCount; m++)
        {
            var (re, im) = ShiftedMode(m, frame);
            for (var i = 0; i < intensity.Length; i++)
                intensity[i] += re[i] * re[i] + im[i] * im[i];
        }
    }

    private Planes Spectrum(int mode) => Planes.Of(_spectra!, Size) + (nint)mode * 2 * Size;

    private (float[] Re, float[] Im) ShiftedMode(int mode, int frame)
    {
        if (_shift is null || _positions[frame].IsWhole)
            return (_probe.Modes[mode].Real, _probe.Modes[mode].Imaginary);
        var (row, column) = _positions[frame].Fraction;
        fixed (float* re = _shiftedRe)
        fixed (float* im = _shiftedIm)
            _shift.Shift(Spectrum(mode), row, column, new Planes(re, im));
        return (_shiftedRe, _shiftedIm);
    }

    private void Check(ComplexField image, int frame, Span<float> real, Span<float> imaginary)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        if (image.Height != ObjectHeight || image.Width != ObjectWidth)
            throw new ArgumentException(
                $"The object must be {ObjectHeight}×{ObjectWidth}, not {image.Height}×{image.Width}.",
                nameof(image)
            );
        if (real.Length != FarFieldLength || imaginary.Length != FarFieldLength)
            throw new ArgumentException(
                $"A far field has {FarFieldLength} values a plane, not {real.Length} and {imaginary.Length}.",
                nameof(real)
            );
    }

    private static Measurement NotNull(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement;
    }
}
