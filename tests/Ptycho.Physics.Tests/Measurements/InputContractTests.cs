using Ptycho.IO;
using Ptycho.Physics.Files;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Physics.Tests.Measurements;

/// <summary>Every public entry refuses what it cannot work with, and the message says where it is.</summary>
public class InputContractTests
{
    private static readonly Probe Probe = SyntheticProbes.Gaussian(4, 6, 2);

    private static readonly TestCaseData[] Refused =
    [
        // Values.
        Case("nan", () => Data(values => values[31] = float.NaN), "Frame 1, row 1, column 1", "NaN"),
        Case("negative", () => Data(values => values[5] = -1), "Frame 0, row 0, column 5", "-1"),
        Case("infinite", () => Data(values => values[47] = float.PositiveInfinity), "Frame 1, row 3, column 5"),
        Case(
            "mark",
            () => Data(values => values[0] = uint.MaxValue),
            "Frame 0, row 0, column 0",
            "mark of a bad pixel"
        ),
        Case("overflow", () => Data(values => values[0] = 2e30f), "Frame 0, row 0, column 0", "too large"),
        Case("dark", () => Data(values => Array.Clear(values)), "All measured values are 0"),
        Case(
            "saturated",
            () => Data(values => values.AsSpan(24, 13).Fill(65535)),
            "Frame 1: 13 of 24 pixels are 65535",
            "RawMeasurement.Clean"
        ),
        Case("empty", () => new DiffractionData([], 0, 4, 6, DiffractionUnit.Counts), "frameCount"),
        Case("no rows", () => new DiffractionData([], 1, 0, 6, DiffractionUnit.Counts), "height"),
        Case("no columns", () => new DiffractionData([], 1, 4, 0, DiffractionUnit.Counts), "width"),
        Case("null", () => new DiffractionData(null!, 1, 4, 6, DiffractionUnit.Counts), "values"),
        Case("short", () => new DiffractionData(new float[23], 1, 4, 6, DiffractionUnit.Counts), "24 values, not 23"),
        Case(
            "huge",
            () => new DiffractionData(new float[1], int.MaxValue, int.MaxValue, 4, DiffractionUnit.Counts),
            "not 1"
        ),
        Case("unit", () => new DiffractionData(new float[24], 1, 4, 6, (DiffractionUnit)7), "unit"),
        Case("gain", () => new DiffractionData(new float[24], 1, 4, 6, DiffractionUnit.Intensity, double.NaN), "NaN"),
        // Masks.
        Case("weight", () => new DetectorMask([1, float.NaN]), "Weight 1"),
        Case("heavy", () => new DetectorMask([1, 1], [1, 2]), "Weight 1", "frameWeights"),
        Case("masked", () => new DetectorMask([0, 0]), "nothing would be measured"),
        Case("no frame", () => new DetectorMask([1], [0]), "nothing would be measured"),
        // Probes.
        Case("probe nan", () => Single(z => z[1, 2] = new(double.NaN, 0)), "mode 0", "row 1, column 2"),
        Case("probe infinite", () => Single(z => z[0, 3] = new(0, double.PositiveInfinity)), "row 0, column 3"),
        Case("probe zero", () => Probe.FromField(new ComplexField(4, 6)), "zero everywhere"),
        Case("probe faint", () => Single(z => Fill(z, 1e-20f)), "energy", "Scale the probe"),
        Case("probe bright", () => Single(z => Fill(z, 1e17f)), "energy", "Scale the probe"),
        Case("no modes", () => Probe.FromModes([]), "at least one mode"),
        Case("null mode", () => Probe.FromModes([null!]), "null"),
        Case("modes differ", () => Probe.FromModes([new(4, 6), new(6, 4)]), "mode 1 is 6×4"),
        Case("probe sizes", () => SyntheticProbes.Gaussian(0, 6, 2), "0"),
        Case("probe waist", () => SyntheticProbes.Gaussian(4, 6, double.NaN), "waist"),
        Case("probe edge", () => SyntheticProbes.SoftDisk(4, 6, 2, 0), "edge"),
        // Positions.
        Case("no positions", () => new ScanPattern([]), "at least one position"),
        Case("position nan", () => new ScanPattern([new(0, 0), new(1, double.NaN)]), "Position 1"),
        Case("position far", () => new ScanPattern([new(0, 1e30)]), "Position 0"),
        Case("outlier", () => Outlier().FitObject(16, 16), "Position 40", "drop its frame"),
        Case("metres", () => Measured(Metres(), 12, 12), "metres"),
        Case("one place", () => Measured([new(1, 1), new(1, 1), new(1, 1)], 12, 12), "nothing was scanned"),
        Case("step", () => RasterScan.Clamped(64, 64, 32, 32, 0), "step"),
        Case("window", () => RasterScan.Clamped(16, 64, 32, 32, 4), "objectHeight"),
        Case("overlap", () => RasterScan.StepFromOverlap(double.NaN, 32), "overlap"),
        Case("spiral", () => SpiralScan.Fermat(64, 64, 32, 32, double.NaN), "step"),
        Case("jitter", () => Outlier().Jittered(double.PositiveInfinity, 1), "amplitude"),
        // All together.
        Case("count", () => Measured([new(0, 0)], 12, 12, frames: 2), "2 frames but 1 positions"),
        Case("shape", () => Measured([new(0, 0)], 12, 12, probe: SyntheticProbes.StandardH()), "the probe is 32×32"),
        Case("outside", () => Measured([new(0, 0), new(12, 0)], 12, 12), "frame 1"),
        Case("no object", () => Measured([new(0, 0)], 0, 12), "objectHeight"),
        Case("vast object", () => Measured([new(0, 0)], 1 << 20, 1 << 20), "larger than an array"),
        Case("select", () => Measured([new(0, 0), new(3, 3)], 12, 12).Select([0, 2]), "Frame 2"),
        // Simulation, operators, propagation.
        Case("image", () => DiffractionSimulator.Intensities(Nan(), Probe, new([new(0, 0)])), "row 2, column 1"),
        Case("peak", () => DiffractionSimulator.Simulate(One(), Probe, new([new(0, 0)]), double.NaN, 1), "peakCounts"),
        Case("noise", () => new DetectorNoise { ReadNoise = double.NaN }, "ReadNoise"),
        Case("budget", () => DiffractionSimulator.SimulateDetector(One(), Probe, new([new(0, 0)]), new(), 1), "either"),
        Case("operator", () => new PtychographyOperator(Probe, new([new(99, 0)]), 12, 12), "frame 0"),
        Case("frame operator", () => new FrameOperator(Probe, new([new(0, -7)]), 12, 12), "frame 0"),
        Case("field", () => FieldPropagator.AngularSpectrum(Nan(), 1e-10, 1e-8, 1e-3), "row 2, column 1"),
        Case("wavelength", () => FieldPropagator.Fresnel(One(), 0, 1e-8, 1e-3), "wavelength"),
        Case("distance", () => FieldPropagator.Fresnel(One(), 1e-10, 1e-8, double.NaN), "distance"),
        // Options.
        Case("crop", () => new ImportOptions { Crop = (0, 4) }, "Crop"),
        Case("margin", () => new ImportOptions { Margin = -1 }, "Margin"),
        Case("share", () => new CleaningOptions { MaskedPixelShare = 1.1 }, "MaskedPixelShare"),
        Case("full", () => new CleaningOptions { Saturation = 0 }, "Saturation"),
        Case("dropped", () => new CleaningOptions { LargestDroppedShare = double.NaN }, "LargestDroppedShare"),
        Case("phantom", () => BloodSmearPhantom.Create(0, 64, 1), "0"),
        Case("sweeps", () => new FourierPtychographyOptions { ObjectSweeps = -1 }, "ObjectSweeps"),
        Case("too bright", () => Images(1e20f), "Image 0", "too bright"),
        Case("dark image", () => Images(0), "Image 0", "dark everywhere"),
        Case("image value", () => Images(float.NaN), "Image 0", "row 0, column 0"),
        Case("pupil", () => new FourierPtychographyOptions { PupilMargin = double.NaN }, "PupilMargin"),
    ];

    [TestCaseSource(nameof(Refused))]
    public void BadInputIsRefusedByName(Func<object> make, string[] words)
    {
        var error = Assert.Catch<ArgumentException>(() => make())!;
        foreach (var word in words)
            Assert.That(error.Message, Does.Contain(word));
    }

    [Test]
    public void AScanThatWouldNeedAVastObjectIsRefusedAndNothingIsAllocated()
    {
        var pattern = new ScanPattern([.. Raster(), new(1e7, 1e7)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => pattern.FitObject(16, 16), Throws.ArgumentException);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void SparseScansStayAllowedUpToTheFactor()
    {
        var pattern = new ScanPattern(Enumerable.Range(0, 64).Select(i => new ScanPosition(i / 8 * 60, i % 8 * 60)));
        Assert.That(pattern.FitObject(16, 16).ObjectHeight, Is.EqualTo(436));
        Assert.That(() => pattern.FitObject(16, 16, largestGrowth: 8), Throws.ArgumentException);
    }

    [Test]
    public void AFewFullPixelsAreNoReasonToRefuse() =>
        Assert.That(() => Data(values => values.AsSpan(24, 12).Fill(65535)), Throws.Nothing);

    private static FourierPtychographyData Images(float value)
    {
        var optics = new FourierPtychographyOptics
        {
            Wavelength = 630e-9,
            NumericalAperture = 0.1,
            PixelSize = 1.845e-6,
        };
        return new FourierPtychographyData([.. Enumerable.Repeat(value, 16)], 4, 4, [new(0, 0)], optics);
    }

    private static DiffractionData Data(Action<float[]> change)
    {
        var values = Enumerable.Repeat(1f, 48).ToArray();
        change(values);
        return new DiffractionData(values, 2, 4, 6, DiffractionUnit.Intensity);
    }

    private static Probe Single(Action<ComplexField> change)
    {
        var field = ComplexField.Constant(4, 6, 1);
        change(field);
        return Probe.FromField(field);
    }

    private static void Fill(ComplexField field, float value) => Array.Fill(field.Real, value);

    private static ComplexField One() => ComplexField.Constant(12, 12, 1);

    private static ComplexField Nan()
    {
        var field = One();
        field[2, 1] = new(0, double.NaN);
        return field;
    }

    private static IEnumerable<ScanPosition> Raster() =>
        Enumerable.Range(0, 64).Select(i => new ScanPosition(i / 8 * 5, i % 8 * 5));

    private static ScanPattern Outlier() =>
        new(Raster().Select((p, k) => k == 40 ? new ScanPosition(p.Row, 50_000) : p));

    private static ScanPosition[] Metres() => [new(1e-6, 0), new(2e-6, 0), new(3e-6, 1e-6)];

    private static Measurement Measured(
        ScanPosition[] positions,
        int height,
        int width,
        int? frames = null,
        Probe? probe = null
    ) =>
        new(
            MeasurementTests.Data(frames ?? positions.Length),
            new ScanPattern(positions),
            probe ?? Probe,
            height,
            width
        );

    private static TestCaseData Case(string name, Func<object> make, params string[] words) =>
        new TestCaseData(make, words).SetArgDisplayNames(name);
}
