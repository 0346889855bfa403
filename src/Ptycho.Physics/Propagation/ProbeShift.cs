using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Propagation;

/// <summary>
/// Shifts a field by fractions of a pixel by the Fourier shift theorem, f(r − d) ↔ F(q)·exp(−2πi q·d), with signed
/// frequencies q; unitary, periodic in the frame. Not for two threads at once.
/// </summary>
internal sealed unsafe class ProbeShift
{
    private readonly Fft2D _fft;
    private readonly AlignedBuffer _spectrum;
    private readonly AlignedBuffer _work;
    private readonly float[] _rowRe;
    private readonly float[] _rowIm;

    public ProbeShift(Fft2D fft)
    {
        _fft = fft;
        _spectrum = new AlignedBuffer(2 * fft.Height * fft.Width);
        _work = new AlignedBuffer(2 * fft.Height * fft.Width);
        _rowRe = new float[fft.Height];
        _rowIm = new float[fft.Height];
    }

    private int Size => _fft.Height * _fft.Width;

    /// <summary>Takes the field to shift, times a factor.</summary>
    public void SetField(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, float factor)
    {
        fixed (float* re = real)
        fixed (float* im = imaginary)
            _fft.ForwardTransposed(new Planes(re, im), Planes.Of(_spectrum, Size));
        var scale = factor / Size;
        foreach (ref var value in _spectrum.Span)
            value *= scale;
    }

    /// <inheritdoc cref="SetField(ReadOnlySpan{float}, ReadOnlySpan{float}, float)"/>
    public void SetField(ComplexField field, float factor) => SetField(field.Real, field.Imaginary, factor);

    /// <summary>Writes the field shifted down by <paramref name="rows"/> and right by <paramref name="columns"/>.</summary>
    public void Shift(double rows, double columns, Planes destination)
    {
        var (h, w) = (_fft.Height, _fft.Width);
        for (var u = 0; u < h; u++)
            (_rowIm[u], _rowRe[u]) = Phase(u, h, rows);
        var spectrum = Planes.Of(_spectrum, Size);
        var work = Planes.Of(_work, Size);
        for (var v = 0; v < w; v++)
        {
            var (columnIm, columnRe) = Phase(v, w, columns);
            Multiply(spectrum + (nint)v * h, work + (nint)v * h, columnRe, columnIm);
        }

        _fft.InverseTransposed(work, destination);
        GC.KeepAlive(this);
    }

    private void Multiply(Planes source, Planes destination, float columnRe, float columnIm)
    {
        for (var u = 0; u < _rowRe.Length; u++)
        {
            var re = columnRe * _rowRe[u] - columnIm * _rowIm[u];
            var im = columnRe * _rowIm[u] + columnIm * _rowRe[u];
            destination.Re[u] = source.Re[u] * re - source.Im[u] * im;
            destination.Im[u] = source.Re[u] * im + source.Im[u] * re;
        }
    }

    private static (float Sine, float Cosine) Phase(int index, int length, double shift)
    {
        var frequency = index < (length + 1) / 2 ? index : index - length;
        var (sine, cosine) = Math.SinCos(-2 * Math.PI * frequency * shift / length);
        return ((float)sine, (float)cosine);
    }
}
