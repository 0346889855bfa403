using TorchSharp.Native;

namespace TorchSharp.Modules;

/// <summary>A trainable tensor. It takes over the handle of the tensor given, which is then disposed.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(Take(data))
    {
        NativeMethods.Check(NativeMethods.ptycho_tensor_set_requires_grad(Handle, requires_grad ? 1 : 0));
    }

    private static IntPtr Take(torch.Tensor data)
    {
        if (data.is_leaf)
            return data.DecoupleFromNativeHandle();
        using var leaf = data.detach();
        data.Dispose();
        return leaf.DecoupleFromNativeHandle();
    }
}
