using BenchmarkDotNet.Attributes;
using Ptycho.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Networks;

/// <summary>One forward pass of the preset Compact over 128×128 images on the CPU and on CUDA.</summary>
[RequiresCuda]
public class CompactNetworkDevices : IDisposable
{
    private CompactUNet network = null!;
    private Tensor images = null!;
    private Tensor times = null!;

    [Params("cpu", "cuda")]
    public string Device { get; set; } = "cpu";

    [Params(1, 8, 64)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var device = new torch.Device(Device);
        using var generator = new Generator(1);
        using var drawn = randn([Batch, 2, 128, 128], generator: generator);
        network = NetworkReference.Create();
        network.to(device);
        images = drawn.to(device).clone();
        times = full(Batch, 300f, dtype: ScalarType.Float32, device: device);
    }

    [Benchmark]
    public void Forward()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.forward(images, times);
        if (images.device_type == DeviceType.CUDA)
            cuda.synchronize();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        network.Dispose();
        images.Dispose();
        times.Dispose();
        GC.SuppressFinalize(this);
    }
}
