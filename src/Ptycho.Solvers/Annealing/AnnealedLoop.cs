using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Posterior.SlowPhases;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>The levels of one annealed run: denoise, data step, fresh noise.</summary>
internal sealed class AnnealedLoop
{
    private const double ShareSigma = 0.0265;

    // Where a pass ends that only looks for positions.
    private const double PassSigma = 0.1;

    // Above, an object that follows few counts is mostly their noise, and its slow phase with it.
    private const double SlowPhaseSigma = 0.5;
    private readonly IPrior _prior;
    private readonly AnnealedOptions _options;
    private readonly PosteriorProblem _problem;
    private readonly IDataStep _dataStep;
    private readonly IResidualMeter _meter;
    private readonly NoiseSource _noise;
    private readonly SlowPhaseStep? _slowPhase;
    private readonly double _precision;

    internal AnnealedLoop(
        IPrior prior,
        AnnealedOptions options,
        PosteriorProblem problem,
        IDataStep dataStep,
        IResidualMeter meter,
        NoiseSource noise,
        bool warm
    )
    {
        (_prior, _options, _problem, _dataStep, _meter, _noise) = (prior, options, problem, dataStep, meter, noise);
        var scale = ChannelScale.MeanSquare(prior.Transform, problem.Device);
        _precision = problem.AmplitudeNoise * problem.AmplitudeNoise / scale;
        _slowPhase = SlowPhase(options, problem, meter);
        Levels = WithPasses(prior.Schedule, options.Refinement, LevelsOf(prior.Schedule, options, warm));
    }

    /// <summary>Evaluations of the operator beside those of the data step.</summary>
    internal long Evaluations => _slowPhase?.Evaluations ?? 0;

    /// <summary>The levels, falling within each pass.</summary>
    internal int[] Levels { get; }

    /// <summary>The levels that a run visits.</summary>
    internal static int[] LevelsOf(NoiseSchedule schedule, AnnealedOptions options, bool warm) =>
        LevelSpacing.Power(
            schedule,
            options.Levels,
            warm ? schedule.NearestLevel(options.StartSigma) : schedule.Steps,
            schedule.NearestLevel(options.LastSigma),
            options.Power
        );

    private static SlowPhaseStep? SlowPhase(AnnealedOptions options, PosteriorProblem problem, IResidualMeter meter)
    {
        if (options.SlowPhaseDegree == 0 || meter.Phases is not { } phases)
            return null;
        var (height, width) = problem.Operator.ObjectShape;
        var basis = new PhaseBasis(options.SlowPhaseDegree, (int)height, (int)width);
        return new SlowPhaseStep(phases, basis, problem.AmplitudeNoise);
    }

    private static int[] WithPasses(NoiseSchedule schedule, JointRefinement? refinement, int[] levels)
    {
        if (refinement is not { Positions: true })
            return levels;
        var first = levels.Where(level => schedule.Sigma(level) >= PassSigma);
        return [.. Enumerable.Repeat(first, refinement.Passes - 1).SelectMany(pass => pass), .. levels];
    }

    /// <summary>The state before the first level: a warm start with noise, or noise alone.</summary>
    internal AnnealedState Begin(Tensor? start)
    {
        using var scope = NewDisposeScope();
        if (start is null)
            return new AnnealedState(_noise.Next());
        var clean = StartChannels.Of(_prior.Transform, Gauge.Fix(start));
        return new AnnealedState(_prior.Schedule.AddNoise(clean, _noise.Next(), Levels[0]), clean);
    }

    /// <summary>λ = λ₀ σ_a²/c² · σ^−p.</summary>
    internal double Lambda(int level) =>
        _precision * _options.Coupling * Math.Pow(_prior.Schedule.Sigma(level), -_options.CouplingExponent);

    /// <summary>
    /// λ at σ = .0265, or at the last level where that is above: further down λ grows without the object changing, and the
    /// data would seem to say less the longer the run.
    /// </summary>
    internal double ShareLambda() => Lambda(Math.Max(Levels[^1], _prior.Schedule.NearestLevel(ShareSigma)));

    /// <summary>Does the next level. If a number is not finite, the state stays as it was.</summary>
    internal void Advance(AnnealedState state)
    {
        using var scope = NewDisposeScope();
        var level = Levels[state.Done];
        var denoised = _prior.Transform.Clip(TurnedDenoiser.Denoise(_prior, state.X, level, state.Done));
        var estimate = _prior.Transform.ToObject(denoised);
        Watch(estimate, "prior's estimate", state, level);
        var pull = new PriorPull(Lambda(level), _precision * _options.Roughness, _prior.Schedule.Sigma(level));
        var objects = Solve(estimate, pull, state, level);
        Watch(objects, "data step's object", state, level);
        if (_slowPhase is not null && _prior.Schedule.Sigma(level) < SlowPhaseSigma)
            objects = _slowPhase.Move(objects);
        var residual = _meter.Residual(objects);
        if (!double.IsFinite(residual))
            throw Failure("residual", state, level);
        var sigma = _prior.Schedule.Sigma(level);
        var mismatch = Mismatch(denoised, state.Clean, sigma);
        var last = state.Done + 1 == Levels.Length;
        if (!last)
        {
            var clean = Channels(objects, denoised);
            state.Move(StepDown(state.X, clean, level, Levels[state.Done + 1]), clean);
        }
        state.Keep(objects);
        state.History.Add(new AnnealedLevel(level, sigma, residual, mismatch));
    }

    private Tensor Solve(Tensor estimate, PriorPull pull, AnnealedState state, int level)
    {
        var largest = _dataStep.LargestCurvature;
        var iterations = DataStepLength.Of(_options.DataIterations, pull, largest, _options.Momentum);
        try
        {
            return _dataStep.Solve(estimate, pull, iterations, _options.Momentum);
        }
        catch (Exception e) when (_dataStep is IStatefulStep && e is ArgumentException or NumericalFailureException)
        {
            // What such a step learns of the experiment must pass the checks of any experiment, and the solvers within it
            // count iterations of their own.
            throw Failure("data step's experiment", state, level);
        }
    }

    /// <summary>How much of what went in the prior took for noise.</summary>
    private static double Mismatch(Tensor denoised, Tensor? clean, double sigma)
    {
        if (clean is null)
            return double.NaN;
        using var scope = NewDisposeScope();
        return (denoised - clean).square().mean().ToDouble() / (sigma * sigma);
    }

    private static void Watch(Tensor objects, string term, AnnealedState state, int level)
    {
        using var scope = NewDisposeScope();
        if (!double.IsFinite(objects.abs().sum().ToDouble()))
            throw Failure(term, state, level);
    }

    private static NumericalFailureException Failure(string term, AnnealedState state, int level)
    {
        using var scope = NewDisposeScope();
        var good = state.Objects is { } objects ? Gauge.Align(objects, objects[0]).mean([0]).cpu().ToField() : null;
        return new NumericalFailureException(state.Done + 1, term, level, good);
    }

    /// <summary>Channels of an object, each phase on the branch nearest to the prior's where the transform has one.</summary>
    private Tensor Channels(Tensor objects, Tensor denoised) =>
        _prior.Transform is IPhaseBranch branch
            ? branch.ToChannels(objects, branch.Phase(denoised))
            : _prior.Transform.ToChannels(objects);

    /// <summary>√ᾱ' x̂₀ + √(1−ᾱ')(√(1−η) ε' + √η z), ε' the noise that x holds around x̂₀.</summary>
    private Tensor StepDown(Tensor x, Tensor sample, int level, int next)
    {
        var schedule = _prior.Schedule;
        var fresh = _noise.Next();
        if (_options.FreshNoise < 1)
        {
            var alphaBar = schedule.AlphaBar(level);
            var kept = (x - sample * Math.Sqrt(alphaBar)) / Math.Sqrt(1 - alphaBar);
            fresh = kept * Math.Sqrt(1 - _options.FreshNoise) + fresh * Math.Sqrt(_options.FreshNoise);
        }
        return schedule.AddNoise(sample, fresh, next);
    }
}
