using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>SHA-256 of what a run depends on.</summary>
internal static class Fingerprint
{
    /// <summary>Frames, mask, positions, probe and shapes.</summary>
    internal static string Of(Measurement measurement)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var data = measurement.Data;
        Add<int>(hash, [data.FrameCount, data.Height, data.Width, (int)data.Unit]);
        Add<int>(hash, [measurement.ObjectHeight, measurement.ObjectWidth, measurement.Probe.ModeCount]);
        Add<double>(hash, [data.CountsPerUnit ?? -1]);
        Add<float>(hash, data.Values);
        if (data.Mask is { } mask)
        {
            Add<float>(hash, mask.PixelWeights.AsSpan());
            Add<float>(hash, mask.FrameWeights is { } weights ? weights.AsSpan() : []);
        }
        foreach (var position in measurement.Positions)
            Add<double>(hash, [position.Row, position.Column]);
        foreach (var mode in measurement.Probe.Modes)
        {
            Add<float>(hash, mode.Real);
            Add<float>(hash, mode.Imaginary);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Shape and values of a field.</summary>
    internal static string Of(ComplexField field)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add<int>(hash, [field.Height, field.Width]);
        Add<float>(hash, field.Real);
        Add<float>(hash, field.Imaginary);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>
    /// Schedule, transform and, of a network, its weights; of any other prior what it makes of a fixed noise.
    /// </summary>
    internal static string Of(IPrior prior, int height, int width, Device device)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Add<double>(hash, prior.Schedule.AlphaBars);
        Add(hash, prior.Transform.Name + JsonSerializer.Serialize(prior.Transform.Parameters));
        Add(hash, (prior.GetType().FullName ?? "") + prior.Symmetry);
        if (prior is NetworkPrior known)
        {
            Add(hash, known.Network.Describe() + known.Prediction);
            foreach (var parameter in known.Network.parameters())
                hash.AppendData(parameter.detach().cpu().contiguous().bytes);
        }
        else
        {
            using var generator = new Generator(1, CPU);
            var x = randn([1, 2, height, width], float32, generator: generator).to(device);
            hash.AppendData(prior.Denoise(x, (prior.Schedule.Steps + 1) / 2).cpu().contiguous().bytes);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
