using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The probe as the kernels need it, shared by all threads: P/√(hw), so that the unscaled transforms are orthonormal
/// in effect, the factor U that gives a step to the object, and for fractional positions the probe's spectrum. Written
/// only between rounds of work.
/// </summary>
internal sealed unsafe class ProbeState
{
    private readonly ScanPlan _plan;
    private readonly ObjectWeighting _weighting;
    private readonly ProbeShift? _shift;
    private readonly AlignedBuffer _intensity;

    /// <param name="plan">The scan.</param>
    /// <param name="probe">The probe; copied.</param>
    /// <param name="scale">A factor on the probe, 1 where it is known.</param>
    /// <param name="weighting">Sets U.</param>
    public ProbeState(ScanPlan plan, Probe probe, double scale, ObjectWeighting weighting)
    {
        (_plan, _weighting, Modes) = (plan, weighting, probe.ModeCount);
        Field = new AlignedBuffer(BufferLength);
        Factor = new AlignedBuffer(BufferLength);
        _intensity = new AlignedBuffer(plan.PaddedSize);
        var factor = (float)(scale / Math.Sqrt(plan.Size));
        for (var m = 0; m < Modes; m++)
        {
            var plane = Mode(Field, m);
            for (var i = 0; i < plan.Size; i++)
            {
                plane.Re[i] = factor * probe.Modes[m].Real[i];
                plane.Im[i] = factor * probe.Modes[m].Imaginary[i];
            }
        }

        if (plan.IsFractional)
        {
            Spectrum = new AlignedBuffer(BufferLength);
            _shift = new ProbeShift(plan.Fft.Fork());
            for (var m = 0; m < Modes; m++)
                _shift.Analyse(Mode(Field, m), 1, Mode(Spectrum, m));
        }

        Refresh();
    }

    public int Modes { get; }

    /// <summary>Floats of a buffer that holds both planes of every mode.</summary>
    public int BufferLength => checked(2 * Modes * _plan.PaddedSize);

    /// <summary>P/√(hw).</summary>
    public AlignedBuffer Field { get; }

    /// <summary>U.</summary>
    public AlignedBuffer Factor { get; }

    /// <summary>The spectrum of <see cref="Field"/>, or null where all positions are and stay whole pixels.</summary>
    public AlignedBuffer? Spectrum { get; }

    /// <summary>Where steps of the probe are added: the spectrum where there is one, else the field.</summary>
    public AlignedBuffer Target => Spectrum ?? Field;

    /// <summary>max Σ_m|P_m|²/(hw).</summary>
    public float Largest { get; private set; }

    public Planes Mode(AlignedBuffer buffer, int mode) =>
        Planes.Of(buffer, _plan.PaddedSize) + (nint)mode * 2 * _plan.PaddedSize;

    /// <summary>Brings field and factor up to date after <see cref="Target"/> was changed.</summary>
    public void Refresh()
    {
        for (var m = 0; m < Modes && Spectrum is not null; m++)
            _shift!.Shift(Mode(Spectrum, m), 0, 0, Mode(Field, m));
        SumIntensity(Field, _intensity);
        Largest = TensorPrimitives.Max<float>(_intensity.Span);
        ComputeFactor(Field, _intensity, Factor);
    }

    /// <summary>U of a probe that was shifted; the scratch buffer holds one plane.</summary>
    public void FactorOf(AlignedBuffer probe, AlignedBuffer scratch, AlignedBuffer factor)
    {
        SumIntensity(probe, scratch);
        ComputeFactor(probe, scratch, factor);
    }

    /// <summary>1/max_r Σ_k Σ_m|P_m(r − r_k)|² over the object, with the probe at whole pixels.</summary>
    public double LargestStep(AlignedBuffer objectPlane)
    {
        objectPlane.Span.Clear();
        var one = new Planes(_intensity.Pointer, _intensity.Pointer);
        foreach (var frame in _plan.Used)
        {
            var window = _plan.Windows[frame];
            for (var row = window.Top; row < window.Top + window.Rows; row++)
            {
                var source = new ReadOnlySpan<float>(one.Re + row * _plan.Width + window.Left, window.Columns);
                var offset = window.Offset + row * _plan.Stride + window.Left;
                var target = objectPlane.Span.Slice(offset, window.Columns);
                TensorPrimitives.Add(target, source, target);
            }
        }

        return 1 / ((double)TensorPrimitives.Max<float>(objectPlane.Span) * _plan.Size);
    }

    public Probe ToProbe()
    {
        var scale = (float)Math.Sqrt(_plan.Size);
        var modes = new ComplexField[Modes];
        for (var m = 0; m < Modes; m++)
        {
            modes[m] = new ComplexField(_plan.Height, _plan.Width);
            var plane = Mode(Field, m);
            TensorPrimitives.Multiply(new ReadOnlySpan<float>(plane.Re, _plan.Size), scale, modes[m].Real);
            TensorPrimitives.Multiply(new ReadOnlySpan<float>(plane.Im, _plan.Size), scale, modes[m].Imaginary);
        }

        return Probe.FromModes(modes);
    }

    private void SumIntensity(AlignedBuffer probe, AlignedBuffer total)
    {
        total.Span.Clear();
        for (var m = 0; m < Modes; m++)
            Kernel.AddIntensity(Mode(probe, m), total.Pointer, _plan.PaddedSize);
    }

    // U = γ·conj(P)/((1 − α)Σ|P|² + α·max Σ|P|²), or conj(P).
    private void ComputeFactor(AlignedBuffer probe, AlignedBuffer intensity, AlignedBuffer factor)
    {
        var (a, b, f) = _weighting.Coefficients(Largest, _plan.Size);
        for (var m = 0; m < Modes; m++)
            Kernel.ConjugateOver(Mode(probe, m), intensity.Pointer, a, b, f, Mode(factor, m), _plan.PaddedSize);
    }
}
