using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType s_dtype = ScalarType.Float32;
    private static Device s_device = new(DeviceType.CPU);

    public static unsafe string __version__ => Marshal.PtrToStringUTF8((IntPtr)NativeMethods.ptycho_torch_version())!;

    public static ScalarType get_default_dtype() => s_dtype;

    public static void set_default_dtype(ScalarType dtype) => s_dtype = dtype;

    public static Device get_default_device() => s_device;

    public static void set_default_device(Device device) => s_device = device;

    public static int get_num_threads() => NativeMethods.ptycho_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.ptycho_set_threads(num));

    public static void set_num_interop_threads(int num) =>
        NativeMethods.Check(NativeMethods.ptycho_set_interop_threads(num));

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Open();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current.Top;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException(
                $"Torch device type {deviceType} did not initialise on the current machine."
            );
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType == DeviceType.CPU || (deviceType == DeviceType.CUDA && cuda.is_available());

    public static bool cuda_is_available() => cuda.is_available();

    public static bool is_tensor(object obj) => obj is Tensor;
}
