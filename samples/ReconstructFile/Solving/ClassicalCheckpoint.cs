using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.Shared.Results;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>A classical run's state in a file, bound to the measurement and the options that it belongs to.</summary>
internal sealed class ClassicalCheckpoint(string path, string options, Measurement measurement)
{
    private readonly byte[] _identity = Identity(options, measurement);

    public string Path => path;

    /// <summary>The state in the file, or null if there is no file.</summary>
    /// <exception cref="InvalidDataException">The file belongs to another run, or is damaged.</exception>
    public ClassicalState? Read()
    {
        if (!File.Exists(path))
            return null;
        var arrays = NpzFile.Read(path);
        if (!Get(arrays, "identity").Bytes.SequenceEqual(_identity))
            throw new InvalidDataException(
                $"{path} was written for another measurement or with other options. Go on with the same, or delete the "
                    + "file to start anew."
            );
        return new ClassicalState(
            Get(arrays, "object").ToComplexField(),
            arrays.ContainsKey("probe") ? ProbeFile.Read(path) : null,
            arrays.TryGetValue("positions", out var positions) ? Pattern(positions.ToDouble()) : null,
            Get(arrays, "residuals").ToDouble(),
            TimeSpan.FromSeconds(Get(arrays, "seconds").ToDouble()[0])
        );
    }

    public void Write(ClassicalState state)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["identity"] = NumericArray.Create<byte>(_identity, _identity.Length),
            ["object"] = NumericArray.FromComplexField(state.Object),
            ["residuals"] = NumericArray.Create<double>(state.Residuals.ToArray(), state.Done),
            ["seconds"] = NumericArray.Create<double>([state.Elapsed.TotalSeconds]),
        };
        if (state.Probe is { } probe)
            arrays["probe"] = ReconstructionFiles.ToArray(probe);
        if (state.Positions is { } positions)
            arrays["positions"] = NumericArray.Create<double>(Numbers(positions), positions.Count, 2);
        NpzFile.Write(path, arrays);
    }

    public void Delete() => File.Delete(path);

    private NumericArray Get(IReadOnlyDictionary<string, NumericArray> arrays, string key) =>
        arrays.TryGetValue(key, out var array)
            ? array
            : throw new InvalidDataException($"{path} is no checkpoint: the key '{key}' is missing.");

    private static byte[] Identity(string options, Measurement measurement)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(options));
        hash.AppendData(MemoryMarshal.AsBytes<float>(measurement.Data.Values));
        hash.AppendData(MemoryMarshal.AsBytes<double>(Numbers(measurement.Positions)));
        foreach (var mode in measurement.Probe.Modes)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(mode.Real));
            hash.AppendData(MemoryMarshal.AsBytes<float>(mode.Imaginary));
        }
        return hash.GetHashAndReset();
    }

    private static double[] Numbers(ScanPattern positions) => [.. positions.SelectMany(p => new[] { p.Row, p.Column })];

    private static ScanPattern Pattern(double[] numbers) =>
        new(numbers.Chunk(2).Select(pair => new ScanPosition(pair[0], pair[1])));
}
