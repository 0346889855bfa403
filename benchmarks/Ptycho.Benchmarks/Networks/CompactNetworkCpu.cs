using BenchmarkDotNet.Attributes;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Training.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Networks;

/// <summary>
/// The preset Compact in float32 on the CPU: what sampling does (one 128×128 image), what guidance does (the gradient with
/// respect to it), and what training does (eight 64×64 images, AdamW). benchmarks/python/compact_unet.py does the same.
/// </summary>
public class CompactNetworkCpu : IDisposable
{
    private CompactUNet network = null!;
    private NamedTensors parameters = null!;
    private AdamW optimiser = null!;
    private Tensor image = null!;
    private Tensor time = null!;
    private Tensor batch = null!;
    private Tensor times = null!;
    private Tensor target = null!;
    private long step;

    [GlobalSetup]
    public void Prepare()
    {
        using var generator = new Generator(1);
        network = NetworkReference.Create();
        parameters = NamedTensors.Parameters(network);
        optimiser = new AdamW(parameters, new AdamWOptions());
        image = randn([1, 2, 128, 128], generator: generator);
        time = full(1, 300f, dtype: ScalarType.Float32);
        batch = randn([8, 2, 64, 64], generator: generator);
        times = tensor(new float[] { 20, 140, 270, 390, 520, 640, 770, 900 });
        target = randn([8, 2, 64, 64], generator: generator);
    }

    [Benchmark]
    public void Forward()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.forward(image, time);
    }

    [Benchmark]
    public void InputGradient()
    {
        using var scope = NewDisposeScope();
        Require(false);
        var x = image.clone().requires_grad_();
        network.forward(x, time).sum().backward();
    }

    [Benchmark]
    public void TrainingStep()
    {
        using var scope = NewDisposeScope();
        Require(true);
        network.zero_grad();
        nn.functional.mse_loss(network.forward(batch, times), target).backward();
        optimiser.Step(step++, rate: 1e-6, gradientScale: 1);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        optimiser.Dispose();
        network.Dispose();
        foreach (var tensor in new[] { image, time, batch, times, target })
            tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Require(bool gradients)
    {
        if (parameters[0].requires_grad != gradients)
            for (var i = 0; i < parameters.Count; i++)
                parameters[i].requires_grad_(gradients);
    }
}
