using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(value, i1);
        }

        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => Assign(value, i1, i2);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => Assign(value, i1, i2, i3);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => Assign(value, i1, i2, i3, i4);
        }

        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => Assign(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices).Dispose();
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var view = View(indices, out var tensors);
            var result =
                tensors.Count == 0 ? view.alias() : Aten.Call("index.Tensor", view, Arg.OptionalTensors(tensors));
            return result.MoveToOuterDisposeScope();
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Assign(value, indices);
            return alias();
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            return index_put_(full(Array.Empty<long>(), value, dtype, device), indices).MoveToOuterDisposeScope();
        }

        private void Assign(Tensor value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var view = View(indices, out var tensors);
            if (tensors.Count == 0)
                view.copy_(value);
            else
                Aten.Call("index_put_", view, Arg.OptionalTensors(tensors), value);
        }

        /// <summary>The part of an index that is a view; what is left for aten::index comes as a list, null where a whole dimension is meant.</summary>
        private Tensor View(TensorIndex[] indices, out List<Tensor?> tensors)
        {
            tensors = [];
            var used = indices.Count(i => i.Kind is IndexKind.Single or IndexKind.Slice or IndexKind.Tensor);
            var view = this;
            var dim = 0;
            foreach (var i in indices)
            {
                switch (i.Kind)
                {
                    case IndexKind.Single:
                        view = view.select(dim, i.Start!.Value);
                        break;
                    case IndexKind.Slice:
                        view = Aten.Call("slice.Tensor", view, (long)dim++, i.Start, i.Stop, i.Step ?? 1);
                        break;
                    case IndexKind.None:
                        view = view.unsqueeze(dim++);
                        break;
                    case IndexKind.Ellipsis:
                        dim += (int)ndim - used;
                        break;
                    case IndexKind.Tensor:
                        while (tensors.Count < dim)
                            tensors.Add(null);
                        tensors.Add(i.Index);
                        dim++;
                        break;
                    default:
                        throw new NotSupportedException(
                            "An index of a single bool is not supported: use a mask tensor."
                        );
                }
            }
            return view;
        }
    }
}
