using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// <see cref="AwfSolver"/> in batched torch tensors, on the CPU or a CUDA device: the same steps from the same options,
/// to rounding. For many measurements at once; one alone is faster in <see cref="AwfSolver"/> on a CPU.
/// <see cref="AwfOptions.Threads"/> is not used, for libtorch has its own number.
/// </summary>
/// <param name="options">Options of the method; the defaults if null.</param>
/// <param name="tensors">Device; the defaults if null.</param>
/// <param name="batch">How many objects are in work at once; the defaults if null.</param>
/// <param name="logger">Receives warnings when a device's memory does not last; optional.</param>
public sealed class TensorAwfSolver(
    AwfOptions? options = null,
    TensorOptions? tensors = null,
    BatchOptions? batch = null,
    ILogger<TensorAwfSolver>? logger = null
)
    : TensorSolver(
        Plan(
            options ?? new AwfOptions(),
            tensors ?? new TensorOptions(),
            batch ?? new BatchOptions(),
            logger ?? NullLogger<TensorAwfSolver>.Instance
        )
    )
{
    private static TensorSolve Plan(AwfOptions awf, TensorOptions tensors, BatchOptions batch, ILogger logger) =>
        new(
            "AWF",
            awf.Stop,
            awf.Start,
            awf.InitialObject,
            awf.Refinement,
            awf.Correction,
            tensors,
            batch,
            logger,
            (stack, starts) => new AwfFlow(stack, starts, awf, tensors)
        )
        {
            Identity = awf with { InitialObject = null, Threads = 0, Stop = awf.Stop with { Iterations = 1 } },
        };
}
