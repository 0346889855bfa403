using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Propagation;

/// <summary>
/// Shifts fields by fractions of a pixel by the Fourier shift theorem, f(r − d) ↔ F(q)·exp(−2πi q·d), with signed
/// frequencies q; unitary, periodic in the frame. Spectra are kept as <see cref="Fft2D.ForwardTransposed"/> leaves
/// them, over hw. Owns scratch memory: not for two threads at once.
/// </summary>
internal sealed unsafe class ProbeShift(Fft2D fft)
{
    private readonly AlignedBuffer _work = new(2 * fft.Height * fft.Width);
    private readonly AlignedBuffer _ramp = new(2 * fft.Height);

    private int Size => fft.Height * fft.Width;

    /// <summary>The spectrum of a field times a factor.</summary>
    public void Analyse(Planes field, float factor, Planes spectrum)
    {
        fft.ForwardTransposed(field, spectrum);
        var scale = factor / Size;
        for (var i = 0; i < Size; i++)
        {
            spectrum.Re[i] *= scale;
            spectrum.Im[i] *= scale;
        }
    }

    /// <summary>The field of a spectrum, shifted down and right.</summary>
    public void Shift(Planes spectrum, double rows, double columns, Planes field)
    {
        var work = Planes.Of(_work, Size);
        SetRamp(rows);
        for (var v = 0; v < fft.Width; v++)
            Multiply(spectrum + (nint)v * fft.Height, Phase(v, fft.Width, columns), work + (nint)v * fft.Height, false);
        fft.InverseTransposed(work, field);
        GC.KeepAlive(this);
    }

    /// <summary>Adds the spectrum of a field, shifted down and right, to a spectrum.</summary>
    public void AddShifted(Planes field, double rows, double columns, Planes spectrum)
    {
        var work = Planes.Of(_work, Size);
        Analyse(field, 1, work);
        SetRamp(rows);
        for (var v = 0; v < fft.Width; v++)
            Multiply(work + (nint)v * fft.Height, Phase(v, fft.Width, columns), spectrum + (nint)v * fft.Height, true);
        GC.KeepAlive(this);
    }

    private void SetRamp(double rows)
    {
        var ramp = Planes.Of(_ramp, fft.Height);
        for (var u = 0; u < fft.Height; u++)
            (ramp.Re[u], ramp.Im[u]) = Phase(u, fft.Height, rows);
    }

    private void Multiply(Planes source, (float Re, float Im) phase, Planes destination, bool add)
    {
        if (Lanes16.IsSupported)
            Multiply<Lanes16>(source, phase, destination, add);
        else
            Multiply<Lanes8>(source, phase, destination, add);
    }

    private void Multiply<T>(Planes source, (float Re, float Im) phase, Planes destination, bool add)
        where T : unmanaged, ILanes<T>
    {
        var ramp = Planes.Of(_ramp, fft.Height);
        var (cr, ci) = (T.Broadcast(phase.Re), T.Broadcast(phase.Im));
        var u = 0;
        for (; u <= fft.Height - T.Count; u += T.Count)
        {
            var (rr, ri) = (T.Load(ramp.Re + u), T.Load(ramp.Im + u));
            var wr = T.NegatedMultiplyAdd(ci, ri, cr * rr);
            var wi = T.MultiplyAdd(ci, rr, cr * ri);
            var (sr, si) = (T.Load(source.Re + u), T.Load(source.Im + u));
            var re = T.NegatedMultiplyAdd(si, wi, sr * wr);
            var im = T.MultiplyAdd(si, wr, sr * wi);
            T.Store(add ? re + T.Load(destination.Re + u) : re, destination.Re + u);
            T.Store(add ? im + T.Load(destination.Im + u) : im, destination.Im + u);
        }

        for (; u < fft.Height; u++)
        {
            var wr = phase.Re * ramp.Re[u] - phase.Im * ramp.Im[u];
            var wi = phase.Re * ramp.Im[u] + phase.Im * ramp.Re[u];
            var re = source.Re[u] * wr - source.Im[u] * wi;
            var im = source.Re[u] * wi + source.Im[u] * wr;
            destination.Re[u] = add ? destination.Re[u] + re : re;
            destination.Im[u] = add ? destination.Im[u] + im : im;
        }
    }

    private static (float Re, float Im) Phase(int index, int length, double shift)
    {
        var frequency = Frequencies.Signed(index, length);
        var (sine, cosine) = Math.SinCos(-2 * Math.PI * frequency * shift / length);
        return ((float)cosine, (float)sine);
    }
}
