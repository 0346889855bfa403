using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// Another likelihood's data step with the warm start of the amplitude likelihood: Huber's bounded force needs many more
/// iterations from a flat object, and what the start gets wrong is put right at the first levels.
/// </summary>
internal sealed class AmplitudeStarted(
    IDataStep inner,
    Measurement measurement,
    IForwardOperator forward,
    Device device,
    int threads
) : IDataStep
{
    private long _startEvaluations;

    /// <inheritdoc />
    public long Evaluations => _startEvaluations + inner.Evaluations;

    /// <inheritdoc />
    public double LargestCurvature => inner.LargestCurvature;

    /// <inheritdoc />
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum) =>
        inner.Solve(prior, pull, iterations, momentum);

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken)
    {
        _startEvaluations += iterations;
        return AmplitudeStart.Run(measurement, forward, device, iterations, smoothness, threads, cancellationToken);
    }

    public void Dispose() => inner.Dispose();
}
