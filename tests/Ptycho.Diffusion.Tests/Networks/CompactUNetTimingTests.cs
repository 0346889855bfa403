using System.Diagnostics;
using Ptycho.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Networks;

[Explicit("a measurement")]
public sealed class CompactUNetTimingTests
{
    [Test]
    public void Speed()
    {
        using var outer = NewDisposeScope();
        using var network = new CompactUNet();
        TestContext.Out.WriteLine($"parameters {network.ParameterCount} threads {get_num_threads()}");
        foreach (var p in new[] { ComputePrecision.Float32, ComputePrecision.BFloat16 })
        {
            network.Precision = p;
            foreach (var (b, s) in new[] { (1, 128), (8, 128), (16, 64), (32, 64) })
            {
                double fwd = 1e9,
                    both = 1e9;
                for (var i = 0; i < 4; i++)
                {
                    using var scope = NewDisposeScope();
                    var x = randn(b, 2, s, s);
                    var t = full(b, 5.0, dtype: ScalarType.Float32);
                    var w = Stopwatch.StartNew();
                    using (no_grad())
                        network.forward(x, t);
                    fwd = Math.Min(fwd, w.Elapsed.TotalMilliseconds);
                    w.Restart();
                    var y = network.forward(x, t);
                    (y - x).square().mean().backward();
                    both = Math.Min(both, w.Elapsed.TotalMilliseconds);
                }
                TestContext.Out.WriteLine($"{p} B={b} {s}: forward {fwd:F1} ms, forward+backward {both:F1} ms");
            }
        }
    }
}
