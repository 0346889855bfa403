using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.SiemensStar.Runs;

/// <summary>What two halves and a quarter of the frames give, reconstructed on their own.</summary>
/// <param name="First">One half.</param>
/// <param name="Second">The other, brought to the gauge of the first.</param>
/// <param name="Quarter">Half of the first half, brought to the gauge of all frames.</param>
/// <param name="Correlation">Of the two halves, in the middle of the object.</param>
/// <param name="QuarterCorrelation">Of the quarter with the second half, which shares no frame with it.</param>
internal sealed record FrameParts(
    ReconstructionResult First,
    ReconstructionResult Second,
    ReconstructionResult Quarter,
    RingCorrelation Correlation,
    RingCorrelation QuarterCorrelation
)
{
    public static FrameParts Solve(RunQueue queue, Measurement measurement, ReconstructionResult all, ulong seed)
    {
        var frames = new int[measurement.Data.FrameCount];
        if (frames.Length < 4)
            throw new ArgumentException("Halves and a quarter need at least four frames; give --no-halves.");
        new StableRandom(seed).Permute(frames);
        var middle = frames.Length / 2;
        Measurement Part(int from, int to) => measurement.Select([.. frames[from..to].Order()]);
        var first = queue.Solve("ML, half 1", queue.Likelihood, Part(0, middle));
        var second = queue.Solve("ML, half 2", queue.Likelihood, Part(middle, frames.Length));
        var quarter = queue.Solve("ML, quarter", queue.Likelihood, Part(0, middle / 2));
        var frame = ScannedArea.Of(measurement);
        return new FrameParts(
            first,
            second,
            quarter with
            {
                Object = Align(quarter.Object, all.Object, frame),
            },
            Compare(first.Object, second.Object, frame),
            Compare(quarter.Object, second.Object, frame)
        );
    }

    private static RingCorrelation Compare(ComplexField a, ComplexField b, ScannedArea area) =>
        FourierRingCorrelation.Compute(area.Crop(a), area.Crop(Align(b, a, area)));

    // With unknown probes a shift and a phase ramp are free; they are found where there is light.
    private static ComplexField Align(ComplexField field, ComplexField target, ScannedArea area)
    {
        var ramp = PhaseRamp.Between(area.Crop(field), area.Crop(target));
        var turned = Whole(ramp, area).ApplyTo(field);
        var shift = FieldRegistration.Between(area.Crop(turned), area.Crop(target));
        return shift.ApplyTo(turned);
    }

    // The ramp of a crop, over the whole field.
    private static PhaseRamp Whole(PhaseRamp ramp, ScannedArea area) =>
        new(
            ramp.Rows * area.FieldHeight / area.Height,
            ramp.Columns * area.FieldWidth / area.Width,
            ramp.Constant - 2 * Math.PI * (ramp.Rows * area.Top / area.Height + ramp.Columns * area.Left / area.Width)
        );
}
