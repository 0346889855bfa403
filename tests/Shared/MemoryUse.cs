using TorchSharp;

namespace Ptycho.Tests.Shared;

/// <summary>What this thread and process hold at a moment.</summary>
/// <param name="Tensors">Live tensors of this thread.</param>
/// <param name="Managed">Bytes reachable from managed code.</param>
/// <param name="Resident">Bytes of the process in memory, libtorch's too.</param>
internal readonly record struct MemoryUse(long Tensors, long Managed, long Resident)
{
    private const double Megabyte = 1 << 20;

    public static MemoryUse Now()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        return new MemoryUse(DisposeScopeManager.Statistics.ThreadTotalLiveCount, managed, Environment.WorkingSet);
    }

    /// <summary>
    /// Nothing was kept since an earlier moment: not one tensor, and no bytes beyond what the runtime itself moves.
    /// </summary>
    /// <param name="before">The earlier moment.</param>
    /// <param name="steady">
    /// Whether the process had run long enough before to be compared too: compiling methods takes memory at first.
    /// </param>
    public void AssertFlatSince(MemoryUse before, bool steady)
    {
        TestContext.Out.WriteLine(
            $"tensors {before.Tensors} to {Tensors}; managed {before.Managed / Megabyte:F2} to {Managed / Megabyte:F2} MB; "
                + $"resident {before.Resident / Megabyte:F1} to {Resident / Megabyte:F1} MB"
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Tensors, Is.EqualTo(before.Tensors), "tensors");
            Assert.That(Managed - before.Managed, Is.LessThan(0.5 * Megabyte), "managed memory");
            if (steady)
                Assert.That(Resident - before.Resident, Is.LessThan(16 * Megabyte), "resident memory");
        }
    }
}
