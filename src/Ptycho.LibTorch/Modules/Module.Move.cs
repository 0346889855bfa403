using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves parameters and buffers in place, so that optimisers and fields go on holding them.</summary>
            internal void Move(Device? device, ScalarType? dtype, bool non_blocking)
            {
                using var guard = no_grad();
                foreach (var tensor in parameters().Concat<Tensor>(buffers()))
                {
                    using var scope = NewDisposeScope();
                    var wanted = dtype is { } t && IsFloating(tensor.dtype) ? t : tensor.dtype;
                    var moved = tensor.to(wanted, device ?? tensor.device, non_blocking: non_blocking);
                    NativeMethods.Check(NativeMethods.ptycho_tensor_set_data(tensor.Handle, moved.Handle));
                }
            }

            private static bool IsFloating(ScalarType type) =>
                type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
        }
    }
}
