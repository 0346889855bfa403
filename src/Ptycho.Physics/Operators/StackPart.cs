using System.Runtime.InteropServices;

namespace Ptycho.Physics.Operators;

/// <summary>Some successive frames of some successive objects.</summary>
/// <param name="Object">The first object.</param>
/// <param name="Objects">How many objects.</param>
/// <param name="Frame">The first frame.</param>
/// <param name="Frames">How many frames.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StackPart(long Object, long Objects, long Frame, long Frames);
