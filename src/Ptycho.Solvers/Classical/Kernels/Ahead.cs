using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>Hints to the caches; any address will do.</summary>
internal static unsafe class Ahead
{
    /// <summary>Begins to fetch the line of an address, for data that will be read soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
