using System.Runtime.InteropServices;

namespace Ptycho.Physics.Measurements;

/// <summary>A frame that was left out of a measurement.</summary>
/// <param name="Frame">Its index among the frames as they were given.</param>
/// <param name="Reason">Why, in words.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DroppedFrame(int Frame, string Reason);
