using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            /// <summary>Scales all gradients together so that their joint norm is at most max_norm; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var guard = no_grad();
                List<Tensor> grads = [.. tensors.Select(p => p.grad).OfType<Tensor>()];
                if (grads.Count == 0)
                    return 0;
                var norms = grads.Select(g => Aten.Call("norm.Scalar", g, norm_type));
                var total = Aten.Call("norm.Scalar", stack(norms), norm_type).ToDouble();
                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                    foreach (var grad in grads)
                        grad.mul_(factor);
                return total;
            }
        }
    }
}
