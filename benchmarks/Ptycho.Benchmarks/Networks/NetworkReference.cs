using Ptycho.Diffusion.Networks;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Networks;

/// <summary>
/// The measured network, and a file of its weights and of one answer, by which another program can prove that it computes
/// the same.
/// </summary>
internal static class NetworkReference
{
    /// <summary>The preset Compact with small random numbers added everywhere, as the fresh network's output is 0.</summary>
    public static CompactUNet Create()
    {
        var network = new CompactUNet(CompactUNetOptions.Compact, seed: 3);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        foreach (var parameter in network.parameters())
            parameter.add_(randn(parameter.shape, generator: generator) * 0.02);
        return network;
    }

    /// <summary>Writes the weights under their keys, the input ref.x and ref.t, and the output ref.y.</summary>
    public static void Write(string path)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = Create();
        using var generator = new Generator(5);
        var x = randn([2, 2, 64, 64], generator: generator);
        var t = tensor(new float[] { 12, 700 });
        var arrays = Weights(network);
        arrays["ref.x"] = Copy(x);
        arrays["ref.t"] = Copy(t);
        arrays["ref.y"] = Copy(network.forward(x, t));
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        SafetensorsFile.Write(path, new SafetensorsContent(arrays, metadata));
    }

    /// <summary>Copies of a network's weights under their keys.</summary>
    public static Dictionary<string, NumericArray> Weights(ScoreNetwork network) =>
        network.named_parameters().ToDictionary(p => p.name, p => Copy(p.parameter), StringComparer.Ordinal);

    /// <summary>A float32 tensor on the CPU as an array.</summary>
    public static NumericArray Copy(Tensor tensor) =>
        NumericArray.Create<float>(tensor.contiguous().data<float>().ToArray(), [.. tensor.shape.Select(n => (int)n)]);
}
