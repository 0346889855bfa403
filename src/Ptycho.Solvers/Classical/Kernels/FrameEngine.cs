using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// One thread's working memory to take a frame from the object to the detector and back. The probe is kept divided by
/// √(hw), so that the unscaled transforms are orthonormal in effect.
/// </summary>
internal sealed unsafe class FrameEngine
{
    private readonly ScanPlan _plan;
    private readonly Fft2D _fft;
    private readonly ObjectWeighting _weighting;
    private readonly AlignedBuffer _probe;
    private readonly AlignedBuffer _factor;
    private readonly AlignedBuffer _exit;
    private readonly AlignedBuffer _intensity;
    private readonly AlignedBuffer? _shiftedProbe;
    private readonly AlignedBuffer? _shiftedFactor;
    private readonly ProbeShift[]? _shifts;
    private readonly int _modes;
    private float _largest;

    public FrameEngine(ScanPlan plan, Probe probe, ObjectWeighting weighting)
    {
        (_plan, _weighting, _modes) = (plan, weighting, probe.ModeCount);
        _fft = plan.Fft.Fork();
        var length = checked(2 * _modes * plan.PaddedSize);
        _probe = new AlignedBuffer(length);
        _factor = new AlignedBuffer(length);
        _exit = new AlignedBuffer(length);
        _intensity = new AlignedBuffer(plan.PaddedSize);
        if (!plan.Measurement.Positions.IsWhole)
        {
            _shiftedProbe = new AlignedBuffer(length);
            _shiftedFactor = new AlignedBuffer(length);
            _shifts = new ProbeShift[_modes];
            for (var m = 0; m < _modes; m++)
                _shifts[m] = new ProbeShift(_fft);
        }

        SetProbe(probe.Modes);
    }

    /// <summary>Frames taken to the detector and back so far count twice, to the detector only once.</summary>
    public long FramePasses { get; private set; }

    /// <summary>Brings a frame to the detector.</summary>
    /// <returns>Σ w(|Ψ| − a)².</returns>
    public double Misfit(Planes image, int frame)
    {
        var (probe, _) = Illumination(frame, withFactor: false);
        return ToDetector(image, frame, probe);
    }

    /// <summary>
    /// Brings a frame to the detector and the amplitude step back, and adds it, weighted, to a plane at its place:
    /// target += U·F⁻¹[w(a/|Ψ| − 1)Ψ].
    /// </summary>
    /// <returns>Σ w(|Ψ| − a)² before the step.</returns>
    public double Step(Planes image, int frame, Planes target)
    {
        var (probe, factor) = Illumination(frame, withFactor: true);
        var misfit = ToDetector(image, frame, probe);
        var window = _plan.Windows[frame];
        nint inner = window.Top * _plan.Width + window.Left;
        var place = target + (window.Offset + window.Top * _plan.Stride + window.Left);
        for (var m = 0; m < _modes; m++)
        {
            var exit = Mode(_exit, m);
            _fft.InverseTransposed(exit, exit);
            var part = Mode(factor, m) + inner;
            Kernel.AddProduct(part, exit + inner, _plan.Width, place, _plan.Stride, window.Rows, window.Columns);
        }

        FramePasses++;
        return misfit;
    }

    private double ToDetector(Planes image, int frame, AlignedBuffer probe)
    {
        var place = image + _plan.Windows[frame].Offset;
        for (var m = 0; m < _modes; m++)
        {
            var exit = Mode(_exit, m);
            Kernel.Exit(Mode(probe, m), place, _plan.Stride, exit, _plan.Height, _plan.Width);
            _fft.ForwardTransposed(exit, exit);
        }

        FramePasses++;
        return Kernel.ToAmplitudeStep(
            Mode(_exit, 0),
            _modes,
            _plan.Amplitudes(frame),
            _plan.Weights,
            _plan.FrameWeight(frame),
            _plan.PaddedSize
        );
    }

    private void SetProbe(IReadOnlyList<ComplexField> modes)
    {
        var scale = (float)(1 / Math.Sqrt(_plan.Size));
        for (var m = 0; m < _modes; m++)
        {
            var plane = Mode(_probe, m);
            for (var i = 0; i < _plan.Size; i++)
            {
                plane.Re[i] = scale * modes[m].Real[i];
                plane.Im[i] = scale * modes[m].Imaginary[i];
            }

            _shifts?[m].SetField(new(plane.Re, _plan.Size), new(plane.Im, _plan.Size), 1);
        }

        _largest = ComputeFactor(_probe, _factor, null);
    }

    private (AlignedBuffer Probe, AlignedBuffer Factor) Illumination(int frame, bool withFactor)
    {
        var position = _plan.Measurement.Positions[frame];
        return _shifts is null || position.IsWhole ? (_probe, _factor) : Shifted(position, withFactor);
    }

    private (AlignedBuffer Probe, AlignedBuffer Factor) Shifted(ScanPosition position, bool withFactor)
    {
        var (row, column) = position.Fraction;
        for (var m = 0; m < _modes; m++)
            _shifts![m].Shift(row, column, Mode(_shiftedProbe!, m));
        if (withFactor)
            ComputeFactor(_shiftedProbe!, _shiftedFactor!, _largest);
        return (_shiftedProbe!, _shiftedFactor!);
    }

    // U = γ·conj(P)/((1 − α)Σ|P|² + α·max Σ|P|²), or conj(P); all with the probe over √(hw), as the step back needs it.
    private float ComputeFactor(AlignedBuffer probe, AlignedBuffer factor, float? knownLargest)
    {
        var intensity = _intensity.Pointer;
        _intensity.Span.Clear();
        for (var m = 0; m < _modes; m++)
            Kernel.AddIntensity(Mode(probe, m), intensity, _plan.PaddedSize);
        var largest = knownLargest ?? System.Numerics.Tensors.TensorPrimitives.Max<float>(_intensity.Span);
        var (a, b, scale) = _weighting.Coefficients(largest, _plan.Size);
        for (var m = 0; m < _modes; m++)
            Kernel.ConjugateOver(Mode(probe, m), intensity, a, b, scale, Mode(factor, m), _plan.PaddedSize);
        return largest;
    }

    private Planes Mode(AlignedBuffer buffer, int mode) =>
        Planes.Of(buffer, _plan.PaddedSize) + (nint)mode * 2 * _plan.PaddedSize;
}
