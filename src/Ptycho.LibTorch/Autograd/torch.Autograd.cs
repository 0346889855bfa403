using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public void backward() => autograd.backward(this);

        public void backward(
            IList<Tensor>? grad_tensors = null,
            bool retain_graph = false,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        ) => autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);
    }

    public static partial class autograd
    {
        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        ) => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static unsafe void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        )
        {
            fixed (IntPtr* roots = Handles(tensors))
            fixed (IntPtr* grads = Handles(grad_tensors))
            fixed (IntPtr* leaves = Handles(inputs))
            {
                NativeMethods.Check(
                    NativeMethods.ptycho_backward(
                        roots,
                        tensors.Count,
                        grads,
                        grad_tensors?.Count ?? 0,
                        retain_graph ?? create_graph ? 1 : 0,
                        create_graph ? 1 : 0,
                        leaves,
                        inputs?.Count ?? 0
                    )
                );
            }
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>Gradients of outputs with respect to inputs; an unused input is an error unless allowed, then its gradient is null.</summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false
        )
        {
            var results = new IntPtr[inputs.Count];
            fixed (IntPtr* roots = Handles(outputs))
            fixed (IntPtr* leaves = Handles(inputs))
            fixed (IntPtr* grads = Handles(grad_outputs))
            fixed (IntPtr* found = results)
            {
                NativeMethods.Check(
                    NativeMethods.ptycho_grad(
                        roots,
                        outputs.Count,
                        leaves,
                        inputs.Count,
                        grads,
                        grad_outputs?.Count ?? 0,
                        retain_graph ? 1 : 0,
                        create_graph ? 1 : 0,
                        allow_unused ? 1 : 0,
                        found
                    )
                );
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. results.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        private static IntPtr[] Handles(IList<Tensor>? tensors) =>
            tensors is null ? [] : [.. tensors.Select(t => t.Handle)];
    }
}
