using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Files;

/// <summary>A probe of the stored frames as that of the imported ones.</summary>
internal static class ImportedProbe
{
    private const double NotableLoss = 0.01;

    /// <summary>
    /// The probe as it is where it has the imported frames' shape; one of the whole frames' shape is cut as they were: its
    /// spectrum by the crop, its window by the binning.
    /// </summary>
    /// <param name="probe">The probe, or null.</param>
    /// <param name="frames">How the frames were imported.</param>
    /// <param name="notes">Gets a sentence for what was done.</param>
    public static Probe? Fit(Probe? probe, FrameImport frames, List<string> notes)
    {
        var (kept, stored) = (frames.KeptShape, frames.StoredShape);
        if (probe is null || (probe.Height, probe.Width) == (frames.Height, frames.Width))
            return probe;
        if ((probe.Height, probe.Width) != kept && (probe.Height, probe.Width) != stored)
            return probe;
        var energy = probe.Energy;
        var fitted = probe;
        if ((fitted.Height, fitted.Width) != kept)
            fitted = ProbeResampling.CropSpectrum(fitted, kept.Height, kept.Width);
        if (kept != (frames.Height, frames.Width))
            fitted = ProbeResampling.CropWindow(fitted, frames.Height, frames.Width);
        var lost = 1 - fitted.Energy / energy;
        notes.Add(
            FormattableString.Invariant(
                $"The probe was cut from {probe.Height}×{probe.Width} to {fitted.Height}×{fitted.Width} as the frames were"
            ) + (lost > NotableLoss ? FormattableString.Invariant($", and lost {lost:p1} of its light.") : ".")
        );
        return fitted;
    }
}
