using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static class cuda
    {
        public static bool is_available() => NativeMethods.ptycho_cuda_available() > 0;

        public static bool is_cudnn_available() => NativeMethods.ptycho_cuda_cudnn() > 0;

        public static int device_count() => NativeMethods.Check(NativeMethods.ptycho_cuda_count());

        public static void manual_seed(long seed) => torch.manual_seed(seed);

        public static void manual_seed_all(long seed) => torch.manual_seed(seed);

        public static void synchronize(Device? device = null) =>
            NativeMethods.Check(NativeMethods.ptycho_cuda_synchronize(device?.index ?? 0));
    }
}
