using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Runtime;

public class ThreadTests : TorchTest
{
    [Test]
    public void ThreadsWorkSideBySide()
    {
        var x = Values.Normal(1, 32, 32);
        var expected = Work(x);
        var found = new double[4];
        var threads = Enumerable.Range(0, found.Length).Select(i => new Thread(() => found[i] = Work(x))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.That(found, Is.All.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void TheNumberOfThreadsCanBeSet()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.That(get_num_threads(), Is.EqualTo(1));
        }
        finally
        {
            set_num_threads(before);
        }
        Assert.That(get_num_threads(), Is.EqualTo(before));
    }

    private static double Work(Tensor x)
    {
        var total = 0.0;
        for (var i = 0; i < 50; i++)
        {
            using var scope = NewDisposeScope();
            var leaf = x.clone().requires_grad_();
            fft.fft2(leaf).abs().square().sum().backward();
            total += leaf.grad!.sum().item<double>();
        }
        return total;
    }
}
