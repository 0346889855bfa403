using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// Where a frame lies: its first pixel in the padded object plane, and the part of it that is on the object.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Window(int Offset, int Top, int Left, int Rows, int Columns);
