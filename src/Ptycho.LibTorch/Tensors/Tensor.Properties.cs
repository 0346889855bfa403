using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)NativeMethods.ptycho_tensor_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        public Device device
        {
            get
            {
                var type = (DeviceType)NativeMethods.ptycho_tensor_device(Handle, out var index);
                GC.KeepAlive(this);
                return new Device(type, index);
            }
        }

        public DeviceType device_type => device.type;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public long ndim => dim();

        public long Dimensions => dim();

        public long NumberOfElements => numel();

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[NativeMethods.ptycho_tensor_dim(Handle)];
                fixed (long* p = sizes)
                    NativeMethods.ptycho_tensor_sizes(Handle, p);
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public bool is_leaf => HasFlag(8);

        public bool requires_grad
        {
            get => HasFlag(16);
            set => requires_grad_(value);
        }

        public Tensor? grad
        {
            get
            {
                var handle = NativeMethods.Check(NativeMethods.ptycho_tensor_grad(Handle));
                GC.KeepAlive(this);
                return handle == 0 ? null : new Tensor(handle);
            }
            set
            {
                NativeMethods.Check(NativeMethods.ptycho_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor real => Aten.Call("real", this);

        public Tensor imag => Aten.Call("imag", this);

        public Tensor mT => Aten.Call("mT", this);

        internal bool IsConjugate => HasFlag(2);

        public long dim()
        {
            var n = NativeMethods.ptycho_tensor_dim(Handle);
            GC.KeepAlive(this);
            return n;
        }

        public long numel()
        {
            var n = NativeMethods.ptycho_tensor_numel(Handle);
            GC.KeepAlive(this);
            return n;
        }

        public long[] size() => shape;

        public long size(int dim) => shape[dim < 0 ? dim + (int)ndim : dim];

        public unsafe long[] stride()
        {
            var strides = new long[NativeMethods.ptycho_tensor_dim(Handle)];
            fixed (long* p = strides)
                NativeMethods.ptycho_tensor_strides(Handle, p);
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + (int)ndim : dim];

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_contiguous() => HasFlag(1);

        public Tensor requires_grad_(bool requires_grad = true)
        {
            NativeMethods.Check(NativeMethods.ptycho_tensor_set_requires_grad(Handle, requires_grad ? 1 : 0));
            GC.KeepAlive(this);
            return this;
        }

        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.ptycho_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        private bool HasFlag(int bit)
        {
            var flags = NativeMethods.ptycho_tensor_flags(Handle);
            GC.KeepAlive(this);
            return (flags & bit) != 0;
        }
    }
}
