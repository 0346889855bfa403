using System.Runtime.InteropServices;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Batches;

/// <summary>What happened in a batch: a step of one object, or its end.</summary>
/// <param name="Index">The object's place in the list of measurements.</param>
/// <param name="Step">Where its solver stands; null at its end.</param>
/// <param name="Outcome">What was found, once the object is done; null before.</param>
/// <param name="Finished">Objects done so far, this one included.</param>
/// <param name="Total">Objects in all.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BatchProgress(
    int Index,
    ReconstructionProgress? Step,
    BatchOutcome? Outcome,
    int Finished,
    int Total
);
