using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The exports of native/shim.cpp.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Shim = "PtychoTorchShim";

    static NativeMethods()
    {
        // Opt out with PTYCHO_KEEP_MEMORY=0 where the process must return freed tensors to the system at once.
        if (Environment.GetEnvironmentVariable("PTYCHO_KEEP_MEMORY") != "0")
            ptycho_keep_memory();
    }

    [LibraryImport(Shim)]
    internal static partial byte* ptycho_last_error();

    [LibraryImport(Shim)]
    internal static partial byte* ptycho_torch_version();

    [LibraryImport(Shim)]
    private static partial void ptycho_keep_memory();

    [LibraryImport(Shim, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial IntPtr ptycho_find(string name, string overload);

    [LibraryImport(Shim)]
    internal static partial int ptycho_call(
        IntPtr op,
        NativeValue* args,
        int count,
        NativeValue* results,
        int capacity
    );

    [LibraryImport(Shim)]
    internal static partial void ptycho_free_list(IntPtr list);

    [LibraryImport(Shim)]
    internal static partial void ptycho_tensor_free(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_tensor_data(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_dim(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial long ptycho_tensor_numel(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial void ptycho_tensor_sizes(IntPtr tensor, long* sizes);

    [LibraryImport(Shim)]
    internal static partial void ptycho_tensor_strides(IntPtr tensor, long* strides);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_dtype(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_device(IntPtr tensor, out int index);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_flags(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_set_requires_grad(IntPtr tensor, int on);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_retain_grad(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_tensor_grad(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_set_grad(IntPtr tensor, IntPtr grad);

    [LibraryImport(Shim)]
    internal static partial int ptycho_tensor_set_data(IntPtr tensor, IntPtr source);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_tensor_share(IntPtr tensor);

    [LibraryImport(Shim)]
    internal static partial int ptycho_backward(
        IntPtr* roots,
        int rootCount,
        IntPtr* grads,
        int gradCount,
        int retainGraph,
        int createGraph,
        IntPtr* inputs,
        int inputCount
    );

    [LibraryImport(Shim)]
    internal static partial int ptycho_grad(
        IntPtr* outputs,
        int outputCount,
        IntPtr* inputs,
        int inputCount,
        IntPtr* grads,
        int gradCount,
        int retainGraph,
        int createGraph,
        int allowUnused,
        IntPtr* results
    );

    [LibraryImport(Shim)]
    internal static partial int ptycho_grad_mode();

    [LibraryImport(Shim)]
    internal static partial void ptycho_set_grad_mode(int on);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_inference_enter(int on);

    [LibraryImport(Shim)]
    internal static partial void ptycho_inference_leave(IntPtr guard);

    [LibraryImport(Shim)]
    internal static partial int ptycho_threads();

    [LibraryImport(Shim)]
    internal static partial int ptycho_set_threads(int count);

    [LibraryImport(Shim)]
    internal static partial int ptycho_set_interop_threads(int count);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_generator(int device, int index, ulong seed);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_default_generator(int device, int index);

    [LibraryImport(Shim)]
    internal static partial void ptycho_generator_free(IntPtr generator);

    [LibraryImport(Shim)]
    internal static partial int ptycho_generator_seed(IntPtr generator, ulong seed);

    [LibraryImport(Shim)]
    internal static partial long ptycho_generator_current(IntPtr generator);

    [LibraryImport(Shim)]
    internal static partial long ptycho_generator_reseed(IntPtr generator);

    [LibraryImport(Shim)]
    internal static partial IntPtr ptycho_generator_state(IntPtr generator);

    [LibraryImport(Shim)]
    internal static partial int ptycho_generator_set_state(IntPtr generator, IntPtr state);

    [LibraryImport(Shim)]
    internal static partial int ptycho_manual_seed(ulong seed);

    [LibraryImport(Shim)]
    internal static partial int ptycho_cuda_available();

    [LibraryImport(Shim)]
    internal static partial int ptycho_cuda_count();

    [LibraryImport(Shim)]
    internal static partial int ptycho_cuda_cudnn();

    [LibraryImport(Shim)]
    internal static partial int ptycho_cuda_synchronize(int index);

    /// <summary>Turns the calling thread's last native error into the exception that TorchSharp throws.</summary>
    internal static ExternalException LastError() =>
        new(Marshal.PtrToStringUTF8((IntPtr)ptycho_last_error()) ?? "unknown native error");

    internal static int Check(int status) => status < 0 ? throw LastError() : status;

    /// <summary>The shim returns -1 for a failed pointer, so that null stays a valid answer.</summary>
    internal static IntPtr Check(IntPtr pointer) => pointer == -1 ? throw LastError() : pointer;
}
