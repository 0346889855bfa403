using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// <see cref="RpieSolver"/> in batched torch tensors, on the CPU or a CUDA device: the same updates from the same options,
/// to rounding. All objects visit their frames in one common order, that of <see cref="RpieOptions.Seed"/>. Successive
/// frames whose windows do not touch in any object are taken at once, which changes no number;
/// <see cref="TensorOptions.GroupFrames"/> makes more of them; while a probe is refined frames come one by one, for it
/// changes with each. With <see cref="RpieOptions.Momentum"/> it is mPIE. The positions are known.
/// </summary>
/// <param name="options">Options of the method; the defaults if null.</param>
/// <param name="tensors">Device and grouping; the defaults if null.</param>
/// <param name="batch">How many objects are in work at once; the defaults if null.</param>
/// <param name="logger">Receives warnings when a device's memory does not last; optional.</param>
/// <exception cref="ArgumentException">An option asks for what this form does not have.</exception>
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
    private static TensorSolve Plan(RpieOptions rpie, TensorOptions tensors, BatchOptions batch, ILogger logger)
    {
        Unsupported.Refuse(rpie.Correction is not null, nameof(RpieOptions.Correction), nameof(RpieSolver));
        return new TensorSolve(
            rpie.Method,
            rpie.Stop,
            rpie.Start,
            rpie.InitialObject,
            rpie.Refinement,
            tensors,
            batch,
            logger,
            (stack, starts) => new RpieFlow(stack, starts, rpie, tensors)
        );
    }
}
