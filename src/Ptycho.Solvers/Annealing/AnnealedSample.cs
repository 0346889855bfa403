using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>What an annealed run found. The tensor belongs to the caller.</summary>
/// <param name="Objects">One object a chain, complex64 [C, H, W], aligned in their global phase.</param>
/// <param name="NetworkEvaluations">Network evaluations, counted per chain.</param>
/// <param name="OperatorEvaluations">Pairs of a forward and an adjoint evaluation, counted per chain.</param>
public sealed record AnnealedSample(Tensor Objects, long NetworkEvaluations, long OperatorEvaluations) : IDisposable
{
    /// <summary>What each level gave, from the noisiest on.</summary>
    public IReadOnlyList<AnnealedLevel> Levels { get; init; } = [];

    /// <summary>The λ that the share of the data is judged by, in the unit of the likelihood's curvature.</summary>
    internal double ShareLambda { get; init; }

    /// <summary>Compute time of the runs that this one went on from.</summary>
    internal TimeSpan TimeBefore { get; init; }

    /// <summary>The chains' mean, complex64 [H, W], in the caller's dispose scope.</summary>
    public Tensor Mean() => Objects.mean([0]);

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Objects.Dispose();
}
