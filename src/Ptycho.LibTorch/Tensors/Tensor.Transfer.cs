using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireCpu();
                if (!is_contiguous())
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                return new Span<byte>((void*)Data(), checked((int)(numel() * SizeOf(dtype))));
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException("Mismatched data sizes in torch.Tensor.bytes setter.");
                value.CopyTo(target);
            }
        }

        /// <summary>The elements of a tensor on the CPU; the conjugate bit is ignored, as TorchSharp does: resolve_conj first.</summary>
        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireCpu();
            if (TypeOf<T>() != dtype)
                throw new ArgumentException($"A tensor of {dtype} has no elements of type {typeof(T).Name}.");
            return new Utils.TensorAccessor<T>(this);
        }

        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            using var value = to(TypeOf<T>(), CPU);
            using var resolved = value.resolve_conj();
            return resolved.data<T>()[0];
        }

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.Call("copy_", this, source, nonBlocking);

        public Tensor fill_(Scalar value) => Aten.Call("fill_.Scalar", this, value);

        public Tensor zero_() => Aten.Call("zero_", this);

        public Tensor set_(Tensor source) => Aten.Call("set_.source_Tensor", this, source);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor to_type(
            ScalarType type,
            bool copy = false,
            bool disposeAfter = false,
            bool non_blocking = false
        ) => Moved(Aten.Call("to.dtype", this, type, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(
            DeviceType deviceType,
            int deviceIndex = -1,
            bool copy = false,
            bool disposeAfter = false,
            bool non_blocking = false
        ) => to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(
            ScalarType type,
            Device device,
            bool copy = false,
            bool disposeAfter = false,
            bool non_blocking = false
        ) => Moved(Aten.Call("to.device", this, device, type, non_blocking, copy), disposeAfter);

        public Tensor to(Tensor other, bool non_blocking = false) => Aten.Call("to.other", this, other, non_blocking);

        public Tensor type_as(Tensor tensor) => Aten.Call("type_as", this, tensor);

        internal IntPtr Data()
        {
            var pointer = NativeMethods.Check(NativeMethods.ptycho_tensor_data(Handle));
            GC.KeepAlive(this);
            return pointer;
        }

        private void RequireCpu()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading."
                );
        }

        private Tensor Moved(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}
