using System.Runtime.InteropServices;

namespace Ptycho.Physics.Files.Products;

/// <summary>Where the stage was for a frame.</summary>
/// <param name="Index">Number of the frame in the measurement.</param>
/// <param name="X">Along the columns, m.</param>
/// <param name="Y">Along the rows, m.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StagePosition(long Index, double X, double Y);
