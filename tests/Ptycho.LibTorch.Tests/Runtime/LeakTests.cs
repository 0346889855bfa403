using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Runtime;

public class LeakTests : TorchTest
{
    // Were a single tensor of each call kept, 10,000 calls would keep 160 MB and more.
    private const int Calls = 10_000;
    private const long Allowed = 64L << 20;

    [Test]
    public void OperatorsKeepNothing() => HoldsSteady(() => _ = randn(64, 64).abs() + 1);

    [Test]
    public void ListsKeepNothing() => HoldsSteady(() => _ = cat(ones(64, 64).chunk(4)));

    [Test]
    public void IndexingKeepsNothing()
    {
        var x = ones(64, 64);
        HoldsSteady(() =>
        {
            x[1.., TensorIndex.Ellipsis] = x[..^1] * 2;
            _ = x[x > 1];
        });
    }

    [Test]
    public void GradientsKeepNothing()
    {
        var x = ones(64, 64).requires_grad_();
        HoldsSteady(() => _ = autograd.grad([(x * 2).square().sum()], [x]));
    }

    [Test]
    public void ErrorsKeepNothing()
    {
        // libtorch takes milliseconds to describe an error, hence fewer calls with larger tensors.
        var (x, y) = (ones(512, 512), ones(511, 512));
        HoldsSteady(
            () =>
            {
                try
                {
                    _ = ones(512, 512).add(x + y);
                }
                catch (System.Runtime.InteropServices.ExternalException) { }
            },
            200
        );
    }

    [Test]
    public void ForgottenTensorsAreCollected()
    {
        var thread = new Thread(() =>
        {
            // Outside any scope, and never disposed: the collector frees them.
            for (var i = 0; i < 200; i++)
            {
                _ = zeros(1 << 20);
                if (i % 20 == 19)
                    Collect();
            }
        });
        var before = ResidentBytes();
        thread.Start();
        thread.Join();
        Collect();
        Assert.That(ResidentBytes() - before, Is.LessThan(400L << 20));
    }

    private static void HoldsSteady(Action call, int calls = Calls)
    {
        Repeat(call, Math.Min(calls, 200));
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var before = ResidentBytes();
        Repeat(call, calls);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(live));
        Assert.That(ResidentBytes() - before, Is.LessThan(Allowed));
    }

    private static void Repeat(Action call, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var scope = NewDisposeScope();
            call();
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static long ResidentBytes()
    {
        Collect();
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024
            * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
