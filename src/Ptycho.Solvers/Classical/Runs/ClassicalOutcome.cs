using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>What a run of a classical solver ended with, in whichever way it ran.</summary>
internal sealed record ClassicalOutcome
{
    public required string Solver { get; init; }

    public required Measurement Measurement { get; init; }

    public required FrameSplit Split { get; init; }

    public required ComplexField Object { get; init; }

    /// <summary>The measurement's own instance where it is known.</summary>
    public required Probe Probe { get; init; }

    /// <summary>Null where they are those of the measurement.</summary>
    public ScanPattern? Positions { get; init; }

    /// <summary>Σ w(|Ψ| − a)² of every frame with object, probe and positions.</summary>
    public required double[] Misfits { get; init; }

    /// <summary>Σ w·a² of every frame.</summary>
    public required double[] Energies { get; init; }

    public required StopReason StopReason { get; init; }

    public required double[] Residuals { get; init; }

    /// <summary>Empty where no frames are held out.</summary>
    public required double[] HeldOutResiduals { get; init; }

    public int? BestIteration { get; init; }

    public required long OperatorEvaluations { get; init; }

    public required TimeSpan ComputeTime { get; init; }

    /// <summary>Σ w(|Ψ| − a)² over the frames used.</summary>
    public double UsedMisfit => Split.Used.Sum(frame => Misfits[frame]);
}
