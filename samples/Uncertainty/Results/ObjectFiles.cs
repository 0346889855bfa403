using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Uncertainty.Commands;
using Ptycho.Samples.Uncertainty.Sampling;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Samples.Uncertainty.Results;

/// <summary>object-1.npz and so on: truth, mean, deviations and quantiles, and the settings that they were made with.</summary>
internal sealed class ObjectFiles(Settings settings, PosteriorOptions options)
{
    // What changes no number may change between runs.
    private readonly byte[] _run = Encoding.UTF8.GetBytes(
        (settings with { Run = Numbers(settings.Run), Count = 0 }) + options.ToString()
    );

    /// <summary>The file of an object's run that was not finished.</summary>
    public string Checkpoint(int index) => Path.ChangeExtension(Name(index), ".checkpoint.safetensors");

    /// <summary>What an earlier run kept, or null.</summary>
    /// <exception cref="InvalidDataException">It was made with other settings.</exception>
    public SampledObject? Read(int index)
    {
        var path = Name(index);
        if (!File.Exists(path))
            return null;
        var arrays = NpzFile.Read(path);
        if (!arrays.TryGetValue("run", out var run) || !run.Bytes.SequenceEqual(_run))
        {
            if (settings.Run.Force)
                return null;
            throw new InvalidDataException(
                $"{path} was made with other settings; --force replaces it, or choose another folder with --out."
            );
        }
        return new SampledObject(
            arrays["truth"].ToComplexField(),
            new PosteriorSummary
            {
                Mean = arrays["mean"].ToComplexField(),
                Best = arrays["best"].ToComplexField(),
                Deviation = arrays["deviation"].ToSingle(),
                MagnitudeDeviation = arrays["magnitude_deviation"].ToSingle(),
                PhaseDeviation = arrays["phase_deviation"].ToSingle(),
                Magnitude = Band(arrays, "magnitude"),
                Phase = Band(arrays, "phase"),
                Energies = arrays["energies"].ToDouble(),
            }
        );
    }

    public void Write(int index, SampledObject item)
    {
        var (truth, summary) = (item.Truth, item.Summary);
        var (height, width) = (truth.Height, truth.Width);
        NpzFile.Write(
            Name(index),
            new Dictionary<string, NumericArray>(StringComparer.Ordinal)
            {
                ["run"] = NumericArray.Create<byte>(_run, _run.Length),
                ["truth"] = NumericArray.FromComplexField(truth),
                ["mean"] = NumericArray.FromComplexField(summary.Mean),
                ["best"] = NumericArray.FromComplexField(summary.Best),
                ["deviation"] = Plane(summary.Deviation),
                ["magnitude_deviation"] = Plane(summary.MagnitudeDeviation),
                ["phase_deviation"] = Plane(summary.PhaseDeviation),
                ["probabilities"] = NumericArray.Create<double>(
                    summary.Magnitude.Probabilities.AsSpan(),
                    summary.Magnitude.Probabilities.Length
                ),
                ["magnitude_quantiles"] = Planes(summary.Magnitude),
                ["phase_quantiles"] = Planes(summary.Phase),
                ["energies"] = NumericArray.Create<double>(summary.Energies.ToArray(), summary.Count),
            }
        );

        NumericArray Plane(float[] values) => NumericArray.Create<float>(values, height, width);

        NumericArray Planes(PixelBand band) =>
            NumericArray.Create<float>(
                band.Values.SelectMany(plane => plane).ToArray(),
                band.Values.Count,
                height,
                width
            );
    }

    private static RunSettings Numbers(RunSettings run) =>
        new()
        {
            Output = "",
            Threads = 0,
            Prior = Path.GetFileName(run.Prior),
            Seed = run.Seed,
        };

    private string Name(int index) =>
        Path.Combine(settings.Run.Output, FormattableString.Invariant($"object-{index}.npz"));

    private static PixelBand Band(IReadOnlyDictionary<string, NumericArray> arrays, string key)
    {
        var planes = arrays[key + "_quantiles"];
        return new PixelBand(
            [.. arrays["probabilities"].ToDouble()],
            [.. planes.ToSingle().Chunk(planes.Shape[1] * planes.Shape[2])]
        );
    }
}
