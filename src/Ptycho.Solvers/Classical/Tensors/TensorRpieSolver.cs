using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// <see cref="RpieSolver"/> in batched torch tensors, on the CPU or a CUDA device: the same updates from the same options,
/// to rounding. All objects visit their frames in one common order, that of <see cref="RpieOptions.Seed"/>. Successive
/// frames whose windows do not touch in any object are taken at once, which changes no number;
/// <see cref="TensorOptions.GroupFrames"/> makes more of them; while probes are refined or positions corrected frames
/// come one by one. With <see cref="RpieOptions.Momentum"/> it is mPIE.
/// </summary>
/// <param name="options">Options of the method; the defaults if null.</param>
/// <param name="tensors">Device and grouping; the defaults if null.</param>
/// <param name="batch">How many objects are in work at once; the defaults if null.</param>
/// <param name="logger">Receives warnings when a device's memory does not last; optional.</param>
public sealed class TensorRpieSolver(
    RpieOptions? options = null,
    TensorOptions? tensors = null,
    BatchOptions? batch = null,
    ILogger<TensorRpieSolver>? logger = null
)
    : TensorSolver(
        Plan(
            options ?? new RpieOptions(),
            tensors ?? new TensorOptions(),
            batch ?? new BatchOptions(),
            logger ?? NullLogger<TensorRpieSolver>.Instance
        )
    )
{
    private static TensorSolve Plan(RpieOptions rpie, TensorOptions tensors, BatchOptions batch, ILogger logger) =>
        new(
            rpie.Method,
            rpie.Stop,
            rpie.Start,
            rpie.InitialObject,
            rpie.Refinement,
            rpie.Correction,
            tensors,
            batch,
            logger,
            (stack, starts) => new RpieFlow(stack, starts, rpie, tensors)
        )
        {
            Identity = rpie with { InitialObject = null, Stop = rpie.Stop with { Iterations = 1 } },
        };
}
