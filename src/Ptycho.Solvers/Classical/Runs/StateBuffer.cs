using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>A buffer of a solver's state and its name in checkpoints.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StateBuffer(string Name, AlignedBuffer Buffer);
