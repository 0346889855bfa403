using System.Runtime.InteropServices;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>A stack that a device's memory does not hold is solved in halves, with a warning.</summary>
public class StackHalvingTests
{
    private static readonly AwfOptions Options = new() { Stop = new StopRules { Iterations = 4 } };

    [Test]
    public void WhereMemoryDoesNotLastHalvesAreSolvedWithAWarning()
    {
        var measurements = Enumerable.Range(0, 5).Select(i => Simulated.Measure(i)).ToArray();
        var (sizes, log) = (new List<int>(), new LogLines());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var found = Solve(2, sizes, log).Many(measurements, null, default);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before), "tensors left behind");
        Assert.That(sizes, Is.EqualTo([5, 3, 2, 1, 2]));
        Assert.That(log.Lines, Has.Count.EqualTo(2));
        Assert.That(
            log.Lines[0],
            Does.StartWith("Warning").And.Contain("5 objects").And.Contain("with 2").And.EndWith("2.00 GiB)")
        );
        var plain = new TensorAwfSolver(Options).SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
        {
            Assert.That(found[i].Index, Is.EqualTo(i));
            Assert.That(found[i].Result!.Object.Real, Is.EqualTo(plain[i].Result!.Object.Real).Within(1e-5));
        }
    }

    [Test]
    public void MemoryThatDoesNotLastForOneIsAnError() =>
        Assert.That(
            () => Solve(0, [], new LogLines()).Many([Simulated.Measure(1), Simulated.Measure(2)], null, default),
            Throws.InstanceOf<ExternalException>()
        );

    [TestCase("CUDA out of memory. Tried to allocate 2.00 GiB", true)]
    [TestCase("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory", true)]
    [TestCase("DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes", true)]
    [TestCase("The size of tensor a (3) must match the size of tensor b (4)", false)]
    public void OnlyErrorsOfMemoryAreTakenForSuch(string message, bool exhausted)
    {
        Assert.That(DeviceMemory.IsExhausted(new ExternalException(message)), Is.EqualTo(exhausted));
        Assert.That(DeviceMemory.IsExhausted(new InvalidOperationException(message)), Is.False);
        Assert.That(DeviceMemory.IsExhausted(new OutOfMemoryException(message)), Is.True);
    }

    private static TensorSolve Solve(int capacity, List<int> sizes, LogLines log)
    {
        var tensors = new TensorOptions();
        return new TensorSolve(
            "AWF",
            Options.Stop,
            Options.Start,
            null,
            null,
            null,
            tensors,
            new BatchOptions(),
            log,
            (stack, starts) =>
            {
                sizes.Add(starts.Count);
                return starts.Count <= capacity
                    ? new AwfFlow(stack, starts, Options, tensors)
                    : throw new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB\nat 0x1234");
            }
        )
        {
            Identity = Options,
        };
    }
}
