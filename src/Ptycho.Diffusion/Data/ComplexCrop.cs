using System.Collections.Immutable;
using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>A square crop of a complex image with its global phase fixed, and where it came from.</summary>
/// <param name="Field">The crop, size×size, gauge-fixed: arg Σf = 0. Owned by the receiver.</param>
/// <param name="Phase">
/// The phase in radians, row-major, unwrapped over the crop; equal to arg f up to whole turns. Where nothing wraps it
/// is arg f itself.
/// </param>
/// <param name="Placement">Where the crop was taken.</param>
public sealed record ComplexCrop(ComplexField Field, ImmutableArray<float> Phase, CropPlacement Placement);
