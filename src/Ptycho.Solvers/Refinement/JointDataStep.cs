using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Posterior.SlowPhases;
using Ptycho.Solvers.Trust;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Refinement;

/// <summary>
/// A data step that finds flux, probe and positions first, with the object still at the prior's estimate, and then takes the
/// step of the objects under what was found. The estimate serves better than the object of a data step: that one has been
/// fitted to the frames as they were believed to be, and would only confirm the belief.
/// </summary>
internal sealed class JointDataStep : IDataStep, IResidualMeter, IStatefulStep
{
    private const string ProbeKey = "joint.probe";
    private const string PositionsKey = "joint.positions";
    private const string NumbersKey = "joint.numbers";

    // Below it the object is settled, and nothing moves any more.
    private const double LastTrialSigma = 0.05;
    private readonly Measurement _measured;
    private readonly JointRefinement _options;
    private readonly LikelihoodChoice _likelihood;
    private readonly Device _device;
    private readonly int _threads;
    private readonly FrameGroups? _groups;
    private readonly Lazy<WorkerTeam> _team;
    private JointState _state;
    private double _dataScale = 1;
    private long _evaluations;

    /// <param name="measured">The measurement.</param>
    /// <param name="options">What is found.</param>
    /// <param name="likelihood">The likelihood of the object's data step.</param>
    /// <param name="transform">The prior's, whose centre is a usual object, for a first scale of the data.</param>
    /// <param name="device">Where the object's data step works; probe and positions are found on the CPU.</param>
    /// <param name="threads">Threads on the CPU.</param>
    internal JointDataStep(
        Measurement measured,
        JointRefinement options,
        LikelihoodChoice likelihood,
        IDataTransform transform,
        Device device,
        int threads
    )
    {
        (_options, _likelihood, _device, _threads) = (options, likelihood, device, threads);
        if (options.Flux)
        {
            var magnitude = (float)ChannelScale.Magnitude(transform);
            if (!(magnitude > 0 && float.IsFinite(magnitude)))
                throw new ArgumentException(
                    $"The data's scale cannot be found ({nameof(JointRefinement)}.{nameof(JointRefinement.Flux)}): the middle of "
                        + $"the prior's channels is an object of magnitude {magnitude}. Scale the data to the probe instead.",
                    nameof(options)
                );
            var usual = ComplexField.Constant(measured.ObjectHeight, measured.ObjectWidth, magnitude);
            _dataScale = 1 / FluxScale.Gain(measured, measured.Positions, usual);
        }
        _measured = _dataScale == 1 ? measured : FluxScale.Scaled(measured, _dataScale);
        if (options is { Positions: true, TrialSweeps: > 0 } && PositionTrials.AreWorthwhile(measured))
            _groups = FrameGroups.Of(measured);
        _team = new Lazy<WorkerTeam>(() => new WorkerTeam(threads));
        _state = new JointState(measured.Probe, measured.Positions, 1);
        Model = new DataModel(_measured, likelihood, device, threads);
    }

    /// <summary>
    /// Checked while a level looks for probe and positions, which takes seconds in a large scan. A level that was cancelled leaves
    /// the step as it was before.
    /// </summary>
    internal CancellationToken CancellationToken { get; init; }

    /// <summary>The measurement as it is known now; replaced, and the old one disposed, whenever more is known.</summary>
    internal DataModel Model { get; private set; }

    /// <inheritdoc />
    public long Evaluations => _evaluations + Model.Step.Evaluations;

    /// <inheritdoc />
    public double LargestCurvature => Model.Step.LargestCurvature;

    /// <summary>The factor from the data's own amplitudes to |F P o|.</summary>
    internal double DataScale => _dataScale / _state.Gain;

    /// <summary>The measurement with its data in the solver's unit, and the probe and positions that were found.</summary>
    /// <param name="measurement">All frames; those held out keep their measured positions.</param>
    /// <param name="split">Which of them were used.</param>
    internal Measurement Found(Measurement measurement, FrameSplit split)
    {
        var scaled = DataScale == 1 ? measurement : FluxScale.Scaled(measurement, DataScale);
        var positions = measurement.Positions;
        if (_options.Positions)
        {
            var all = positions.ToArray();
            for (var i = 0; i < split.Used.Length; i++)
                all[split.Used[i]] = _state.Positions[i];
            positions = new ScanPattern(all);
        }
        return new Measurement(scaled.Data, positions, _state.Probe, measurement.ObjectHeight, measurement.ObjectWidth)
        {
            Dropped = measurement.Dropped,
        };
    }

    /// <inheritdoc />
    public double Residual(Tensor objects) => Model.Meter.Residual(objects);

    /// <summary>None: with the probe or positions a ramp is free, and flux is found from the prior's estimate.</summary>
    public IPhaseSystem? Phases => null;

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken)
    {
        // Where frames overlap little rPIE finds no places, and loses those that were right; a probe it does find.
        var findPositions = _options.Positions && (_options.Probe || !HasTrials);
        var start = JointStart.Run(_measured, _state, _options, findPositions, smoothness, _threads, cancellationToken);
        _evaluations += _options.Probe || findPositions ? _options.StartIterations : 0;
        Become(start);
        return Model.Step.WarmStart(iterations, smoothness, cancellationToken);
    }

    /// <inheritdoc />
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum)
    {
        using var scope = NewDisposeScope();
        var (before, evaluations) = (_state, Evaluations);
        try
        {
            Refine(Mean(prior), pull.Sigma);
            // First, for it replaces the model.
            var moved = TryPlaces(prior, pull);
            CancellationToken.ThrowIfCancellationRequested();
            return Model.Step.Solve(moved, pull, iterations, momentum).MoveToOuterDisposeScope();
        }
        catch (OperationCanceledException)
        {
            Become(before);
            _evaluations = evaluations - Model.Step.Evaluations;
            throw;
        }
    }

    /// <inheritdoc />
    public IEnumerable<KeyValuePair<string, NumericArray>> Save()
    {
        using var scope = NewDisposeScope();
        var probe = FieldTensors.ToTensor([.. _state.Probe.Modes]);
        var positions = _state.Positions.SelectMany(p => (double[])[p.Row, p.Column]).ToArray();
        return
        [
            new(ProbeKey, SnapshotTensors.ToArray(probe)),
            new(PositionsKey, NumericArray.Create<double>(positions, _state.Positions.Count, 2)),
            new(NumbersKey, NumericArray.Create<double>([_state.Gain], 1)),
        ];
    }

    /// <inheritdoc />
    public void Restore(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        using var scope = NewDisposeScope();
        var probe = _state.Probe;
        var positions = Numbers(arrays, PositionsKey, 2 * _state.Positions.Count);
        var modes = SnapshotTensors
            .Read(arrays, ProbeKey, [probe.ModeCount, probe.Height, probe.Width, 2], CPU)
            .view_as_complex();
        Become(
            new JointState(
                _options.Probe ? Probe.FromModes(modes.ToFields()) : probe,
                _options.Positions
                    ? Near(new ScanPattern(positions.Chunk(2).Select(p => new ScanPosition(p[0], p[1]))))
                    : _state.Positions,
                Gain(Numbers(arrays, NumbersKey, 1)[0])
            )
        );
    }

    private ScanPattern Near(ScanPattern positions)
    {
        // Sums of the measured position and the largest shift are rounded.
        var most = _options.LargestShift + 1e-6;
        for (var k = 0; k < positions.Count; k++)
        {
            var (found, measured) = (positions[k], _measured.Positions[k]);
            if (!(Math.Abs(found.Row - measured.Row) <= most && Math.Abs(found.Column - measured.Column) <= most))
                throw new InvalidDataException(
                    $"The checkpoint has frame {k} at (row {found.Row}, column {found.Column}), further than "
                        + $"{_options.LargestShift} pixels from where it was measured."
                );
        }
        return positions;
    }

    private double Gain(double value) =>
        (_options.Flux ? value > 0 && double.IsFinite(value) : value == 1)
            ? value
            : throw new InvalidDataException($"The checkpoint's '{NumbersKey}' has a gain of {value}.");

    public void Dispose()
    {
        Model.Dispose();
        if (_team.IsValueCreated)
            _team.Value.Dispose();
    }

    private bool HasTrials => _groups is not null;

    private void Refine(ComplexField obj, double sigma)
    {
        var state = _state;
        if (_options.Flux)
            state = state with { Gain = FluxScale.Gain(_measured.WithProbe(state.Probe), state.Positions, obj) };
        if (_options.Probe)
            state = state with
            {
                Probe = ExperimentRefiner.Probe(
                    state.Of(_measured),
                    obj,
                    _options.ProbeSteps,
                    _measured.Probe.Energy,
                    _threads,
                    CancellationToken
                ),
            };
        if (_options.Positions && sigma < _options.PositionSigma)
            state = state with
            {
                Positions = ExperimentRefiner.Positions(
                    state.Of(_measured),
                    obj,
                    _measured.Positions,
                    _options.LargestShift,
                    // Whole pixels are for the trials: a step of one under the old object would take them back.
                    HasTrials ? 0.5 : 1,
                    CancellationToken
                ),
            };
        Become(state);
    }

    /// <summary>Moves frames by whole pixels, and the estimates with them.</summary>
    private Tensor TryPlaces(Tensor prior, PriorPull pull)
    {
        if (_groups is null || pull.Sigma >= _options.PositionSigma || pull.Sigma < LastTrialSigma)
            return prior;
        var trials = new PositionTrials(
            _state.Of(_measured),
            Mean(prior),
            _measured.Positions,
            _options.LargestShift,
            _groups,
            pull
        );
        for (var sweep = 0; sweep < _options.TrialSweeps; sweep++)
            trials.Sweep(_team.Value, CancellationToken);
        _evaluations += trials.Evaluations;
        if (!trials.HasMoved)
            return prior;
        Become(_state with { Positions = trials.Positions });
        return FieldTensors.ToTensor([.. prior.cpu().ToFields().Select(trials.Move)]).to(prior.device);
    }

    private void Become(JointState state)
    {
        if (state == _state)
            return;
        _evaluations += Model.Step.Evaluations;
        Model.Dispose();
        _state = state;
        Model = new DataModel(state.Of(_measured), _likelihood, _device, _threads);
    }

    /// <summary>The mean of all chains, aligned.</summary>
    private static ComplexField Mean(Tensor objects)
    {
        using var scope = NewDisposeScope();
        return Gauge.Align(objects, objects[0]).mean([0]).cpu().ToField();
    }

    private static double[] Numbers(IReadOnlyDictionary<string, NumericArray> arrays, string key, int count) =>
        arrays.TryGetValue(key, out var array) && array.ElementType == ElementType.Float64 && array.Length == count
            ? array.ToDouble()
            : throw new InvalidDataException($"The checkpoint's '{key}' is missing or has another shape.");
}
