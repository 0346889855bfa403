using Ptycho.IO;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

/// <summary>What scans refuse is named by its own parameter, and the message says what to do.</summary>
public class ScanRefusalTests
{
    private static readonly ScanPattern Two = new([new(0, 0), new(4, 4)]);
    private static readonly Probe Flat = Probe.FromField(ComplexField.Constant(2, 2, 1));

    private static readonly TestCaseData[] Named =
    [
        Case("objectHeight", () => RasterScan.Clamped(3, 8, 4, 4, 2)),
        Case("objectWidth", () => RasterScan.Clamped(8, 3, 4, 4, 2)),
        Case("objectHeight", () => RasterScan.Overhanging(3, 8, 4, 4, 2)),
        Case("objectWidth", () => RasterScan.Overhanging(8, 3, 4, 4, 2)),
        Case("windowHeight", () => SpiralScan.Fermat(8, 8, 0, 4, 2)),
        Case("windowWidth", () => SpiralScan.Fermat(8, 8, 4, 0, 2)),
        Case("objectHeight", () => SpiralScan.Concentric(3, 8, 4, 4, 2)),
        Case("objectWidth", () => SpiralScan.Concentric(8, 3, 4, 4, 2)),
        Case("pattern", () => ScanCoverage.Counts(null!, 4, 4, 8, 8)),
        Case("pattern", () => ScanCoverage.OverlapMap(null!, Flat, 8, 8)),
        Case("probe", () => ScanCoverage.OverlapMap(Two, null!, 8, 8)),
        Case("objectHeight", () => ScanCoverage.OverlapMap(Two, Flat, 0, 8)),
        Case("objectWidth", () => ScanCoverage.OverlapMap(Two, Flat, 8, 0)),
        Case("pattern", () => ScanCoverage.MedianStep(null!)),
        Case("length", () => ScanCoverage.Overlap(Two, double.NaN)),
        Case("positions", () => new ScanPattern(null!)),
        Case("windowHeight", () => Two.FitObject(0, 4)),
        Case("windowWidth", () => Two.FitObject(4, 0)),
        Case("largestGrowth", () => Two.FitObject(400, 400, 0, 0.99)),
        Case("pattern", () => ScanPatternTransforms.Jittered(null!, 1, 1)),
        Case("amplitude", () => Two.Jittered(-1, 1)),
        Case("amplitude", () => Two.Jittered(double.NaN, 1)),
        Case("pattern", () => ScanPatternTransforms.Rounded(null!)),
        Case("pattern", () => ScanPatternTransforms.Clamped(null!, 8, 8, 4, 4)),
        Case("pattern", () => ScanPatternTransforms.WithBorder(null!, ScanBorder.Crop, 8, 8, 4, 4)),
    ];

    [TestCaseSource(nameof(Named))]
    public void TheParameterIsNamed(string parameter, Func<object> make) =>
        Assert.That(() => make(), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter));

    private static readonly TestCaseData[] Said =
    [
        Case("must be in [0, 1)", () => RasterScan.StepFromOverlap(1, 8)),
        Case("must be at least 0", () => RasterScan.OverlapFromStep(-1, 8)),
        Case("take a smaller step", () => RasterScan.Overhanging(10, 10, 4, 8, 9)),
        Case("length must be above 0", () => ScanCoverage.Overlap(Two, 0)),
        Case("at least one position", () => new ScanPattern([])),
        Case("within ±2²⁴ pixels", () => new ScanPattern([new(0, 1e9)])),
        Case("Position 3, (row 5000, column 2)", () => Far.FitObject(4, 4)),
        Case("drop its frame, or check the positions' unit", () => Far.FitObject(4, 4)),
        Case("border rule is not known", () => Two.WithBorder((ScanBorder)9, 8, 8, 4, 4)),
    ];

    private static ScanPattern Far => new([new(0, 0), new(0, 2), new(2, 0), new(5000, 2), new(2, 2)]);

    [TestCaseSource(nameof(Said))]
    public void TheMessageSaysWhatIsWrong(string words, Func<object> make) =>
        Assert.That(() => make(), Throws.InstanceOf<ArgumentException>().With.Message.Contains(words));

    private static TestCaseData Case(string word, Func<object> make) => new(word, make);
}
