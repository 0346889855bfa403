using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>A buffer of a solver's state and its name in checkpoints.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StateBuffer(string Name, AlignedBuffer Buffer)
{
    /// <summary>Whether every number is finite, and their sum too.</summary>
    public bool IsFinite => float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(Buffer.Span));
}
