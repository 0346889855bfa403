using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Batches;

/// <summary>Tells whether an error of libtorch means that a device's memory did not last.</summary>
internal static class DeviceMemory
{
    /// <summary>
    /// libtorch's errors reach .NET as an exception with its text: "CUDA out of memory. Tried to allocate …" on a device,
    /// "DefaultCPUAllocator: can't allocate memory" or "not enough memory" on the CPU.
    /// </summary>
    internal static bool IsExhausted(Exception error) =>
        error is OutOfMemoryException
        || (
            error is ExternalException
            && (
                error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
                || error.Message.Contains("allocate memory", StringComparison.OrdinalIgnoreCase)
                || error.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>The first line of an error; what follows are addresses.</summary>
    internal static string Brief(Exception error) => error.Message.Split('\n', 2)[0].Trim();
}
