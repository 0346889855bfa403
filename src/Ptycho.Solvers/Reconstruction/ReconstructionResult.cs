using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>What a solver found, and how. Owned by the caller.</summary>
public sealed record ReconstructionResult
{
    /// <summary>The reconstructed object, with the shape that the measurement states.</summary>
    public required ComplexField Object { get; init; }

    /// <summary>Name of the solver.</summary>
    public required string Solver { get; init; }

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

    /// <summary>The same residual of the returned object.</summary>
    public required double Residual { get; init; }

    /// <summary>
    /// The residual of each frame of the returned object, ‖|Ψ_k| − a_k‖/√(Σ_j‖a_j‖²/K): comparable between frames, and
    /// the root mean square over the frames is <see cref="Residual"/>.
    /// </summary>
    public required IReadOnlyList<double> FrameMisfit { get; init; }

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
