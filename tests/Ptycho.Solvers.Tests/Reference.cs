using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Tests;

/// <summary>The reference numbers, which independent Python code made.</summary>
internal sealed class Reference
{
    private readonly string _path;

    private Reference(string file) => _path = Path.Combine(TestContext.CurrentContext.TestDirectory, "data", file);

    public static Reference Small { get; } = new("ptycho_small.npz");

    public static Reference Probes { get; } = new("probe32.npz");

    public NumericArray this[string key] => NpzFile.Read(_path, [key])[key];

    public ComplexField Field(string key) => this[key].ToComplexField();

    public float[] Single(string key) => this[key].ToSingle();

    public double[] Double(string key) => this[key].ToDouble();

    public ScanPattern Positions(string key)
    {
        var values = Double(key);
        return new ScanPattern(
            Enumerable.Range(0, values.Length / 2).Select(k => new ScanPosition(values[2 * k], values[2 * k + 1]))
        );
    }

    /// <summary>The noisy measurement of a scan, "clamp" or "pad".</summary>
    public Measurement Noisy(string scan)
    {
        var probe = Probe.FromField(Field("probe"));
        var positions = Positions($"{scan}_positions");
        var data = new DiffractionData(
            Single($"{scan}_noisy"),
            positions.Count,
            probe.Height,
            probe.Width,
            DiffractionUnit.Intensity
        );
        return new Measurement(data, positions, probe, 128, 128);
    }
}
