using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>
/// The state of a classical solver between two iterations, all of it in buffers and numbers, so that a run can be kept,
/// stopped and gone on with to the same bits.
/// </summary>
internal interface IClassicalState : IDisposable
{
    public ScanPlan Plan { get; }

    /// <summary>What the estimate is made of; the object first.</summary>
    public IReadOnlyList<StateBuffer> Estimate { get; }

    /// <summary>Whether every number of a part of the estimate is finite after an iteration.</summary>
    public bool IsFinite(int part) => Estimate[part].IsFinite;

    /// <summary>What else the next iteration depends on.</summary>
    public IReadOnlyList<StateBuffer> Memory { get; }

    /// <summary>Numbers that the next iteration depends on.</summary>
    public Span<double> Numbers { get; }

    /// <summary>Whether positions move.</summary>
    public bool MovesPositions { get; }

    /// <summary>Applications of the forward operator or its adjoint to all frames, with that of the result.</summary>
    public long Evaluations(int iterations);

    /// <summary>Does an iteration; allocates nothing.</summary>
    /// <param name="done">Iterations done before.</param>
    /// <returns>Σ w(|Ψ| − a)² over the frames used, where the method measures it.</returns>
    public double Iterate(int done);

    /// <summary>Brings what was derived from buffers, numbers and positions up to date after they were replaced.</summary>
    public void Restored();

    /// <summary>Σ w(|Ψ| − a)² of some frames with the estimate; allocates nothing and changes nothing.</summary>
    public double Misfit(ReadOnlySpan<int> frames);

    /// <summary>The same for every frame, [K].</summary>
    public void Misfits(Span<double> misfits);

    /// <summary>The estimate's object; a new field.</summary>
    public ComplexField ToObject();

    /// <summary>The estimate's probe; the measurement's own where it is known.</summary>
    public Probe ToProbe();
}
