using System.Numerics;
using Ptycho.IO;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>A recovered object with its pupil; all belong to the caller.</summary>
/// <param name="Object">The object [H, W], with median magnitude 1 and a real, positive mean.</param>
/// <param name="Pupil">The pupil [h, w], its zero frequency at [h/2, w/2].</param>
/// <param name="Scale">The object in the data's units (that with <paramref name="Pupil"/> predicts the amplitudes) is this
/// number times <paramref name="Object"/>.</param>
/// <param name="AmplitudeErrors">‖|model| − g·a‖/‖g·a‖ of each sweep, each image as it was before its update.</param>
/// <param name="Gains">Each image's gain g: the measured amplitudes were multiplied by it.</param>
/// <param name="Elapsed">Time spent, without progress callbacks.</param>
public sealed record FourierPtychographyResult(
    ComplexField Object,
    ComplexField Pupil,
    Complex Scale,
    IReadOnlyList<double> AmplitudeErrors,
    IReadOnlyList<float> Gains,
    TimeSpan Elapsed
);
