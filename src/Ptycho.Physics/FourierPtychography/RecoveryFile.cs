using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Safetensors;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>Where a recovery stands, on disk, bound to the data and the options that it belongs to.</summary>
internal sealed class RecoveryFile(string path, FourierPtychographyData data, FourierPtychographyOptions options)
{
    private const string Format = "ptycho-fourier-checkpoint-1";
    private readonly string _options = JsonSerializer.Serialize(options);
    private readonly string _data = Fingerprint(data);

    /// <summary>Puts a stored state back.</summary>
    /// <returns>The errors of the sweeps that led to it and the time they took; none without a file.</returns>
    /// <exception cref="IOException">The file cannot be read, or there is none and none could be written.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or one of other data or options.</exception>
    public (double[] Errors, TimeSpan Elapsed) Restore(FourierPtychographyState state)
    {
        if (!File.Exists(path))
        {
            AtomicFile.RequireWritable(path);
            return ([], TimeSpan.Zero);
        }
        var content = SafetensorsFile.Read(path);
        var (arrays, metadata) = content;
        Require(metadata, "format", Format, $"is no checkpoint of a recovery ({Format})");
        SafetensorsSeal.Require(content, path);
        Require(metadata, "options", _options, "was written with other options");
        Require(metadata, "data", _data, "was written with another measurement");
        var spectrum = state.Spectrum;
        Copy(arrays, "spectrum_re", spectrum.Real);
        Copy(arrays, "spectrum_im", spectrum.Imaginary);
        Copy(arrays, "pupil_re", state.Pupil.Re);
        Copy(arrays, "pupil_im", state.Pupil.Im);
        Copy(arrays, "gains", state.Gains);
        var most = options.ObjectSweeps + options.JointSweeps;
        if (
            state.NotFinite is not null
            || !arrays.TryGetValue("errors", out var errors)
            || errors.ElementType != ElementType.Float64
            || errors.Length is 0
            || errors.Length > most
            || !long.TryParse(metadata.GetValueOrDefault("ticks"), CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0
        )
            throw Damaged("holds impossible values");
        return (errors.ToDouble(), TimeSpan.FromTicks(ticks));
    }

    /// <exception cref="IOException">The file cannot be written; the one before is still there.</exception>
    public void Write(FourierPtychographyState state, ReadOnlySpan<double> errors, TimeSpan elapsed)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["spectrum_re"] = Array(state.Spectrum.Real),
            ["spectrum_im"] = Array(state.Spectrum.Imaginary),
            ["pupil_re"] = Array(state.Pupil.Re),
            ["pupil_im"] = Array(state.Pupil.Im),
            ["gains"] = Array(state.Gains),
            ["errors"] = NumericArray.Create(errors, errors.Length),
        };
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["options"] = _options,
            ["data"] = _data,
            ["ticks"] = elapsed.Ticks.ToString(CultureInfo.InvariantCulture),
        };
        SafetensorsFile.Write(path, SafetensorsSeal.Add(new SafetensorsContent(arrays, metadata)));
    }

    private static NumericArray Array(float[] values) => NumericArray.Create<float>(values, values.Length);

    private void Copy(IReadOnlyDictionary<string, NumericArray> arrays, string key, float[] target)
    {
        if (
            !arrays.TryGetValue(key, out var array)
            || array.ElementType != ElementType.Float32
            || array.Length != target.Length
        )
            throw Damaged($"has no '{key}' of {target.Length} numbers");
        array.AsSpan<float>().CopyTo(target);
    }

    private void Require(IReadOnlyDictionary<string, string> found, string key, string wanted, string problem)
    {
        if (!string.Equals(found.GetValueOrDefault(key), wanted, StringComparison.Ordinal))
            throw new InvalidDataException($"{path} {problem}. Go on with the same, or delete the file to start anew.");
    }

    private InvalidDataException Damaged(string problem) =>
        new($"{path} {problem}. The file is damaged: delete it to start anew.");

    // The options are in the file as they are; of the data everything that a recovery reads.
    private static string Fingerprint(FourierPtychographyData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add<int>(hash, [data.ImageCount, data.Height, data.Width]);
        Add(hash, data.Amplitudes.Span);
        foreach (var direction in data.Directions)
            Add<double>(hash, [direction.Y, direction.X]);
        var optics = data.Optics;
        Add<double>(hash, [optics.Wavelength, optics.NumericalAperture, optics.PixelSize, optics.Defocus]);
        if (data.Pupil is { } pupil)
        {
            Add<float>(hash, pupil.Real);
            Add<float>(hash, pupil.Imaginary);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));
}
