using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Propagation;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>One thread's working memory to take a frame from the object to the detector and back.</summary>
internal sealed unsafe class FrameEngine
{
    private readonly ScanPlan _plan;
    private readonly ProbeState _state;
    private readonly Fft2D _fft;
    private readonly AlignedBuffer _exit;
    private readonly AlignedBuffer _scratch;
    private readonly AlignedBuffer? _shiftedProbe;
    private readonly AlignedBuffer? _shiftedFactor;
    private readonly ProbeShift? _shift;
    private readonly PoissonStep? _poisson;
    private readonly FourierRoundTrip? _trip;
    private readonly AlignedBuffer? _block;
    private readonly AlignedBuffer? _intensities;
    private readonly float[] _row = [];
    private float _written;

    /// <param name="plan">The scan.</param>
    /// <param name="state">The probe.</param>
    /// <param name="poisson">The detector's step, or null for that of amplitudes.</param>
    public FrameEngine(ScanPlan plan, ProbeState state, PoissonStep? poisson = null)
    {
        (_plan, _state, _poisson) = (plan, state, poisson);
        _fft = plan.Fft.Fork();
        _exit = new AlignedBuffer(state.BufferLength);
        _scratch = new AlignedBuffer(2 * plan.PaddedSize);
        if (state.Modes == 1 && poisson is null)
        {
            _trip = plan.Fft.ToRoundTrip();
            _block = new AlignedBuffer(2 * Kernel.Padding * plan.Width);
        }

        if (plan.KeptIntensities(0) == null)
        {
            _intensities = new AlignedBuffer(plan.PaddedSize);
            _row = new float[plan.Size];
        }

        if (state.Spectrum is null)
            return;
        _shiftedProbe = new AlignedBuffer(state.BufferLength);
        _shiftedFactor = new AlignedBuffer(state.BufferLength);
        _shift = new ProbeShift(_fft);
    }

    /// <summary>Whether steps of frames look through what they write to the object.</summary>
    public bool Looks => _trip is not null;

    /// <summary>Whether all numbers were finite that steps wrote to the object since <see cref="BeginToLook"/>.</summary>
    public bool WroteFinite => _written == 0;

    /// <summary>Forgets what was found in the object before.</summary>
    public void BeginToLook() => _written = 0;

    /// <summary>Writes the exit waves of a frame, P/√(hw) times its window, laid out as the probe.</summary>
    public void ExitWaves(Planes image, int frame, AlignedBuffer waves)
    {
        var (probe, _) = Illumination(frame, withFactor: false);
        var place = image + _plan.Windows[frame].Offset;
        for (var m = 0; m < _state.Modes; m++)
            Kernel.Exit(_state.Mode(probe, m), place, _plan.Stride, _state.Mode(waves, m), _plan.Height, _plan.Width);
    }

    /// <summary>Brings a frame to the detector.</summary>
    /// <returns>Σ w(|Ψ| − a)².</returns>
    public double Misfit(Planes image, int frame)
    {
        var (probe, _) = Illumination(frame, withFactor: false);
        return ToDetector(image, frame, probe);
    }

    /// <summary>
    /// Brings a frame to the detector and the amplitude step back, and adds it, weighted, to a plane at its place:
    /// target += U·δ, δ = F⁻¹[w(a/|Ψ| − 1)Ψ].
    /// </summary>
    /// <param name="image">The object.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="target">Where to add; may be the object.</param>
    /// <param name="next">The frame that comes next, or -1; it only makes that one faster.</param>
    /// <returns>Σ w(|Ψ| − a)² before the step.</returns>
    public double Step(Planes image, int frame, Planes target, int next = -1) =>
        Step(image, frame, new WindowPlace(target + _plan.Windows[frame].Offset), next);

    /// <summary>The same into a band.</summary>
    public double Step(Planes image, int frame, GradientBand target, int next)
    {
        var (row, column) = Math.DivRem(_plan.Windows[frame].Offset, _plan.Stride);
        return Step(image, frame, target.At(row, column), next);
    }

    private double Step(Planes image, int frame, in WindowPlace target, int next)
    {
        var (probe, factor) = Illumination(frame, withFactor: true);
        if (_trip is not null)
            return RoundTrip(image, frame, target, probe, factor, next);
        var misfit = ToDetector(image, frame, probe);
        for (var m = 0; m < _state.Modes; m++)
        {
            var exit = _state.Mode(_exit, m);
            _fft.InverseTransposed(exit, exit);
            AddToObject(_state.Mode(factor, m), exit, frame, target);
        }

        return misfit;
    }

    /// <summary>
    /// <see cref="Step(Planes, int, Planes, int)"/>, and the step of the probe from the same δ and the object before its
    /// own step is added to <paramref name="probeTarget"/>, laid out as <see cref="ProbeState.Target"/>.
    /// </summary>
    public double JointStep(Planes image, int frame, Planes target, AlignedBuffer probeTarget, ProbeWeighting weighting)
    {
        var (probe, factor) = Illumination(frame, withFactor: true);
        var misfit = ToDetector(image, frame, probe);
        var (scale, a, b) = ProbeCoefficients(image, frame, weighting);
        for (var m = 0; m < _state.Modes; m++)
        {
            var exit = _state.Mode(_exit, m);
            _fft.InverseTransposed(exit, exit);
            if (b > 0)
                AddToProbe(image, frame, exit, _state.Mode(probeTarget, m), (scale, a, b));
        }

        var place = new WindowPlace(target + _plan.Windows[frame].Offset);
        for (var m = 0; m < _state.Modes; m++)
            AddToObject(_state.Mode(factor, m), _state.Mode(_exit, m), frame, place);
        return misfit;
    }

    /// <summary>
    /// The shift of the position that best explains the last step of this frame, given the object as it is now.
    /// </summary>
    public (double Row, double Column) EstimateShift(Planes image, int frame)
    {
        var (probe, _) = Illumination(frame, withFactor: false);
        var place = image + _plan.Windows[frame].Offset;
        var sums = default(ShiftSums);
        for (var m = 0; m < _state.Modes; m++)
            sums += Kernel.SumShift(
                place,
                _plan.Stride,
                _state.Mode(probe, m),
                _state.Mode(_exit, m),
                _plan.Height,
                _plan.Width,
                _plan.Size
            );
        return sums.Solve();
    }

    // Modes, Poisson's step and joint refinement need the whole far field, or the whole step; one mode does not.
    private double RoundTrip(
        Planes image,
        int frame,
        in WindowPlace target,
        AlignedBuffer probe,
        AlignedBuffer factor,
        int next
    )
    {
        var window = _plan.Windows[frame];
        var data = _plan.Measurement.Data;
        fixed (float* values = data.Values)
        {
            var trip = new AmplitudeTrip
            {
                Probe = _state.Mode(probe, 0),
                Factor = _state.Mode(factor, 0),
                Image = image + window.Offset,
                Target = target,
                Values = values + (nint)frame * _plan.Size,
                NextValues = next < 0 ? null : values + (nint)next * _plan.Size,
                Scale = _plan.Scale,
                Intensity = _plan.KeptIntensities(frame),
                NextIntensity = next < 0 ? null : _plan.KeptIntensities(next),
                Weight = _plan.Weights,
                FrameWeight = _plan.FrameWeight(frame),
                Stride = _plan.Stride,
                Height = _plan.Height,
                Width = _plan.Width,
                Top = window.Top,
                Left = window.Left,
                Rows = window.Rows,
                Columns = window.Columns,
                NextImage = next < 0 ? Planes.None : image + _plan.Windows[next].Offset,
                // What the shift of a position is estimated from.
                Kept = _plan.Margin > 0 ? _state.Mode(_exit, 0) : Planes.None,
                Scratch = _block!.Pointer,
            };
            _trip!.Run(ref trip);
            _written += trip.Written;
            return trip.Misfit;
        }
    }

    /// <summary>The scaled intensities of a frame, [w, h], until the next frame's are asked for.</summary>
    public float* Intensities(int frame)
    {
        if (_intensities is null)
            return _plan.KeptIntensities(frame);
        _plan.CopyIntensities(frame, _row, _intensities.Pointer);
        return _intensities.Pointer;
    }

    private double ToDetector(Planes image, int frame, AlignedBuffer probe)
    {
        var place = image + _plan.Windows[frame].Offset;
        for (var m = 0; m < _state.Modes; m++)
        {
            var exit = _state.Mode(_exit, m);
            Kernel.Exit(_state.Mode(probe, m), place, _plan.Stride, exit, _plan.Height, _plan.Width);
            _fft.ForwardTransposed(exit, exit);
        }

        if (_poisson is not null)
            return _poisson.Apply(
                _state.Mode(_exit, 0),
                _state.Modes,
                Intensities(frame),
                _plan.Weights,
                _plan.FrameWeight(frame)
            );
        return Kernel.ToAmplitudeStep(
            _state.Mode(_exit, 0),
            _state.Modes,
            Intensities(frame),
            _plan.Scale,
            _plan.Weights,
            _plan.FrameWeight(frame),
            _plan.PaddedSize
        );
    }

    private void AddToObject(Planes factor, Planes step, int frame, in WindowPlace target)
    {
        var window = _plan.Windows[frame];
        var (end, turn) = (window.Top + window.Rows, Math.Max(window.Top, target.Turn));
        Add(window.Top, Math.Min(end, turn), target.First);
        Add(turn, end, target.First + -target.Back);

        void Add(int first, int last, Planes place)
        {
            if (last <= first)
                return;
            nint inner = first * _plan.Width + window.Left;
            place += first * _plan.Stride + window.Left;
            var (rows, columns) = (last - first, window.Columns);
            Kernel.AddProduct(factor + inner, step + inner, _plan.Width, place, _plan.Stride, rows, columns);
        }
    }

    private void AddToProbe(
        Planes image,
        int frame,
        Planes step,
        Planes target,
        (float Scale, float A, float B) weights
    )
    {
        var place = image + _plan.Windows[frame].Offset;
        var (scale, a, b) = weights;
        var output = target;
        if (_shift is not null)
        {
            _scratch.Span.Clear();
            output = Planes.Of(_scratch, _plan.PaddedSize);
        }

        Kernel.AddProbeStep(place, _plan.Stride, step, output, _plan.Height, _plan.Width, scale, a, b);
        if (_shift is null)
            return;
        var (row, column) = _plan.Positions[frame].Fraction;
        _shift.AddShifted(output, -row, -column, target);
    }

    // With the probe over √(hw) and the unscaled transform, δ counts √(hw) times and the probe 1/√(hw) times.
    private (float Scale, float A, float B) ProbeCoefficients(Planes image, int frame, ProbeWeighting weighting)
    {
        if (weighting.IsGradient)
            return (1f / _plan.Size, 0, 1);
        var place = image + _plan.Windows[frame].Offset;
        var largest = Kernel.LargestIntensity(place, _plan.Stride, _plan.Height, _plan.Width);
        return ((float)(weighting.Gamma / _plan.Size), (float)(1 - weighting.Beta), (float)(weighting.Beta * largest));
    }

    private (AlignedBuffer Probe, AlignedBuffer Factor) Illumination(int frame, bool withFactor)
    {
        var position = _plan.Positions[frame];
        if (_shift is null || position.IsWhole)
            return (_state.Field, _state.Factor);
        var (row, column) = position.Fraction;
        for (var m = 0; m < _state.Modes; m++)
            _shift.Shift(_state.Mode(_state.Spectrum!, m), row, column, _state.Mode(_shiftedProbe!, m));
        if (withFactor)
            _state.FactorOf(_shiftedProbe!, _scratch, _shiftedFactor!);
        return (_shiftedProbe!, _shiftedFactor!);
    }
}
