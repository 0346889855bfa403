using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>What a solver found, and how. Owned by the caller.</summary>
public sealed record ReconstructionResult
{
    /// <summary>The reconstructed object, with the shape that the measurement states.</summary>
    public required ComplexField Object { get; init; }

    /// <summary>Name of the solver.</summary>
    public required string Solver { get; init; }

    /// <summary>Why this solver was taken, where <see cref="Ptychography"/> chose it; null where the caller did.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The probe that belongs to the object: the measurement's own instance where it was known, a new one where it was
    /// refined.
    /// </summary>
    public required Probe Probe { get; init; }

    /// <summary>
    /// The positions that belong to the object where the solver corrected them; null where the measurement's were used.
    /// </summary>
    public ScanPattern? Positions { get; init; }

    /// <summary>Why the solver ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>
    /// Relative amplitude residual √(Σ_k‖|Ψ_k| − a_k‖²/Σ_k‖a_k‖²) of every iteration, as the solver measured it on its
    /// way (see the solver); weights of a mask apply to both sums.
    /// </summary>
    public required IReadOnlyList<double> ResidualHistory { get; init; }

    /// <summary>The same residual of the returned object, over the frames that the solver used.</summary>
    public required double Residual { get; init; }

    /// <summary>
    /// The residual of each frame of the returned object, ‖|Ψ_k| − a_k‖/√(Σ_j‖a_j‖²/K): comparable between frames, and
    /// the root mean square over the frames is <see cref="Residual"/> where none is held out.
    /// </summary>
    public required IReadOnlyList<double> FrameMisfit { get; init; }

    /// <summary>
    /// χ² per pixel of each frame, Σ w(|Ψ| − a)²/Σ w V, V being the variance that counting gives at the model's intensity.
    /// The expected value is 1 for the true object; an object fitted to few counts lies below, one that does not explain
    /// the frame above. NaN for a frame without weight; null where the counts are not known.
    /// </summary>
    public IReadOnlyList<double>? FrameChiSquare { get; init; }

    /// <summary>How well frames that the solver did not see are predicted; null if it saw all.</summary>
    public HeldOutFrames? HeldOut { get; init; }

    /// <summary>
    /// Frames that were left out of the measurement as bad (<see cref="Measurement.Dropped"/>); the other lists count the
    /// frames that are left.
    /// </summary>
    public IReadOnlyList<DroppedFrame> DroppedFrames { get; init; } = [];

    /// <summary>
    /// The residual of the held-out frames after every iteration, where they decide when to stop
    /// (<see cref="HeldOutRule"/>); empty elsewhere.
    /// </summary>
    public IReadOnlyList<double> HeldOutHistory { get; init; } = [];

    /// <summary>
    /// The iteration, from 1, of which this is the object where held-out frames chose it; null: the last one.
    /// </summary>
    public int? BestIteration { get; init; }

    /// <summary>
    /// For each pixel, [H, W] row-major, who decided it: 1 the data, 0 the prior; null for solvers without a prior.
    /// docs/method.md has the formula.
    /// </summary>
    public IReadOnlyList<float>? DataShare { get; init; }

    /// <summary>
    /// How much of the object the prior takes for noise, ‖x̂₀ − x₀‖²/(n σ²), the mean over levels of σ between .06 and .2; null
    /// for solvers without a prior, or where no level lies there.
    /// </summary>
    public double? PriorMismatch { get; init; }

    /// <summary>Reasons not to take the result at face value; empty where none was found.</summary>
    public IReadOnlyList<TrustWarning> Warnings { get; init; } = [];

    /// <summary>Iterations done.</summary>
    public required int Iterations { get; init; }

    /// <summary>Forward evaluations of a network, over all chains; a gradient through it is not counted apart.</summary>
    public long NetworkEvaluations { get; init; }

    /// <summary>Applications of the forward operator or its adjoint to all frames of one object.</summary>
    public required long OperatorEvaluations { get; init; }

    /// <summary>Time spent, without the progress callbacks.</summary>
    public required TimeSpan ComputeTime { get; init; }

    /// <summary>
    /// The factor between the data and the solver's own units, a_solver = <see cref="DataScale"/>·a; 1 where the
    /// solver works in the units of the data.
    /// </summary>
    public double DataScale { get; init; } = 1;
}
