using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Classical.Runs;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The state of maximum likelihood: a point, its value and gradient, and the pairs of L-BFGS. A step that does not
/// lower the value is shortened; if nothing helps, the pairs are forgotten and the next step is along D⁻¹g, which is a
/// majoriser's step and cannot fail.
/// </summary>
internal sealed class MaximumLikelihoodState : IClassicalState
{
    private const double Armijo = 1e-4;
    private const int Trials = 6;

    // What rounding in sums over all pixels may add.
    private const double Rounding = 1e-6;
    private const int IterationsPerMove = 5;

    // Where no light falls, the diagonal must not be 0.
    private const double LeastLight = 1e-3;
    private readonly MaximumLikelihoodOptions _options;
    private readonly ProbeState _state;
    private readonly PenalisedLikelihood _likelihood;
    private readonly LbfgsMemory _memory;
    private readonly PositionMover? _mover;
    private readonly AlignedBuffer _point;
    private readonly AlignedBuffer _gradient;
    private readonly AlignedBuffer _trial;
    private readonly AlignedBuffer _trialGradient;
    private readonly AlignedBuffer _direction;
    private readonly AlignedBuffer _inverse;
    private readonly AlignedBuffer _light;
    private readonly double[] _numbers = new double[Slots];

    private const int Value = 0;
    private const int Pairs = 1;
    private const int NextPair = 2;
    private const int EvaluationCount = 3;
    private const int Misfits0 = 4;
    private const int Lambda = 5;
    private const int Refining = 6;
    private const int Curvature = 7;
    private const int Slots = 8;

    public MaximumLikelihoodState(ClassicalSetup setup, Measurement measurement, MaximumLikelihoodOptions options)
    {
        (Plan, _options) = (setup.Plan, options);
        _state = new ProbeState(Plan, measurement.Probe, setup.ProbeScale, ObjectWeighting.Gradient);
        var edge = (options.Edge ?? 1) * setup.StartSize;
        _likelihood = new PenalisedLikelihood(Plan, _state, options, edge);
        var length = _likelihood.Length;
        _memory = new LbfgsMemory(options.Memory, length);
        (_point, _gradient, _trial) = (new AlignedBuffer(length), new AlignedBuffer(length), new AlignedBuffer(length));
        (_trialGradient, _direction, _inverse) = (
            new AlignedBuffer(length),
            new AlignedBuffer(length),
            new AlignedBuffer(length)
        );
        _light = new AlignedBuffer(Plan.PlaneLength);
        setup.LoadStart(Planes.Of(_point, Plan.PlaneLength));
        if (options.Refinement is not null)
            _state.Target.Span.CopyTo(_point.Span[(2 * Plan.PlaneLength)..]);
        _mover = options.Correction is { } correction ? new PositionMover(Plan, correction) : null;
        Estimate = [new StateBuffer("point", _point)];
        Memory = [new StateBuffer("gradient", _gradient), .. _memory.Buffers];
        _numbers[Value] = double.NaN;
    }

    public ScanPlan Plan { get; }

    public IReadOnlyList<StateBuffer> Estimate { get; }

    public IReadOnlyList<StateBuffer> Memory { get; }

    public Span<double> Numbers => _numbers;

    public bool MovesPositions => _mover is not null;

    private int ObjectLength => 2 * Plan.PlaneLength;

    public long Evaluations(int iterations) => 2 * (long)_numbers[EvaluationCount] + 1;

    public double Iterate(int done)
    {
        Prepare(done);
        var p = _direction.Span;
        _memory.Direction(_gradient.Span, _inverse.Span, p, _trial.Span);
        var slope = LbfgsMemory.Dot(_gradient.Span, p);
        if (!(slope < 0))
        {
            _memory.Clear();
            _memory.Direction(_gradient.Span, _inverse.Span, p, _trial.Span);
            slope = LbfgsMemory.Dot(_gradient.Span, p);
        }

        var correct = IsMoving(done);
        var step = 1.0;
        for (var trial = 0; ; trial++)
        {
            TensorPrimitives.MultiplyAdd(p, (float)step, _point.Span, _trial.Span);
            var value = Evaluate(_trial, _trialGradient, correct);
            var allowed = _numbers[Value] + Armijo * step * slope + Rounding * Math.Abs(_numbers[Value]);
            if (value <= allowed)
            {
                Accept(step, value);
                break;
            }

            if (trial == Trials)
            {
                // The point stays, and its probe with it.
                _memory.Clear();
                _likelihood.UseProbe(_point);
                if (!double.IsFinite(value))
                    return double.NaN;
                break;
            }

            step *= double.IsFinite(value) ? Shortened(step, slope, value) : 0.1;
        }

        if (correct)
            MovePositions();
        (_numbers[Pairs], _numbers[NextPair]) = (_memory.Count, _memory.Next);
        GC.KeepAlive(this);
        return _numbers[Misfits0];
    }

    public void Restored()
    {
        _memory.Resume((int)_numbers[Pairs], (int)_numbers[NextPair]);
        _likelihood.UseProbe(_point);
    }

    public double Misfit(ReadOnlySpan<int> frames) => _likelihood.MisfitOf(_point, frames);

    void IClassicalState.Misfits(Span<double> misfits) => _likelihood.MisfitsOf(_point, misfits);

    public ComplexField ToObject()
    {
        var field = Plan.ToField(Planes.Of(_point, Plan.PlaneLength));
        GC.KeepAlive(this);
        return field;
    }

    public Probe ToProbe() => _options.Refinement is null ? Plan.Measurement.Probe : _state.ToProbe();

    public void Dispose() => _likelihood.Dispose();

    // The least value of the parabola through what is known, kept away from both ends.
    private double Shortened(double step, double slope, double value)
    {
        var bend = value - _numbers[Value] - slope * step;
        return Math.Clamp(-slope * step / (2 * bend), 0.1, 0.5);
    }

    private bool IsMoving(int done) =>
        _options.Correction is { } correction
        && done >= correction.StartIteration
        && (done - correction.StartIteration) % IterationsPerMove == 0;

    private bool IsRefining(int done) => _options.Refinement?.HasBegun(done, ProbeRefinement.LikelihoodStart) == true;

    /// <summary>The diagonal, and value and gradient where what they depend on has changed.</summary>
    private void Prepare(int done)
    {
        var brightest = 1 / _state.LargestStep(_light);
        var refining = IsRefining(done) ? 1.0 : 0.0;
        if (double.IsNaN(_numbers[Value]) || refining != _numbers[Refining])
        {
            if (refining != _numbers[Refining])
                _memory.Clear();
            // A penalty that followed a refined probe would move the goal in every iteration.
            if (done == 0)
                _numbers[Lambda] = _options.Smoothness * brightest;
            _numbers[Refining] = refining;
            _numbers[Value] = Evaluate(_point, _gradient, false);
            (_numbers[Misfits0], _numbers[Curvature]) = (_likelihood.Misfit, _likelihood.ProbeCurvature);
        }

        SetDiagonal(brightest);
    }

    private void SetDiagonal(double brightest)
    {
        var light = _light.Span;
        var inverse = _inverse.Span;
        var least = LeastLight * brightest + EdgePenalty.LargestCurvature * _numbers[Lambda];
        var objects = inverse[..Plan.PlaneLength];
        TensorPrimitives.Multiply(light, Plan.Size, objects);
        TensorPrimitives.Add(objects, (float)least, objects);
        TensorPrimitives.Reciprocal(objects, objects);

        // A known probe alone has the majoriser's step; together with the probe's, each takes half of its own.
        var joint = _numbers[Refining] > 0;
        if (joint)
            TensorPrimitives.Multiply(objects, 0.5f, objects);
        objects.CopyTo(inverse[Plan.PlaneLength..]);
        var probe = joint ? 0.5 * _options.Refinement!.Gamma / (_likelihood.ProbeUnit * _numbers[Curvature]) : 0;
        inverse[ObjectLength..].Fill((float)probe);
    }

    private double Evaluate(AlignedBuffer point, AlignedBuffer gradient, bool correct)
    {
        _numbers[EvaluationCount]++;
        return _likelihood.Evaluate(point, gradient, _numbers[Lambda], _numbers[Refining] > 0, correct);
    }

    private void Accept(double step, double value)
    {
        _memory.Add(_direction.Span, step, _trialGradient.Span, _gradient.Span);
        _trial.Span.CopyTo(_point.Span);
        _trialGradient.Span.CopyTo(_gradient.Span);
        _numbers[Value] = value;
        (_numbers[Misfits0], _numbers[Curvature]) = (_likelihood.Misfit, _likelihood.ProbeCurvature);
    }

    // The frames ask for other shifts then; pairs from before would mislead.
    private void MovePositions()
    {
        foreach (var frame in Plan.Used)
            _mover!.Move(frame, _likelihood.Shifts[2 * frame], _likelihood.Shifts[2 * frame + 1]);
        _mover!.RemoveDrift();
        _memory.Clear();
        _numbers[Value] = double.NaN;
    }
}
