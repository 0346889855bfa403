using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. Owned by the dispose scope that was open when it was made, else by whoever holds it.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private IntPtr _handle;

        internal Tensor(IntPtr handle)
        {
            _handle = handle;
            DisposeScopeManager.Current.Register(this);
        }

        ~Tensor() => Dispose(false);

        public IntPtr Handle =>
            _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Tensor), "The tensor is disposed.");

        public bool IsInvalid => _handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        public void Dispose()
        {
            if (OwningDisposeScope is { } scope)
                scope.MarkAsDisposed(this);
            else if (_handle != 0)
                DisposeScopeManager.Statistics.DisposedOutsideScopeCount++;
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                NativeMethods.ptycho_tensor_free(handle);
        }

        /// <summary>Gives the native handle away; this object is then disposed.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            if (OwningDisposeScope is { } scope)
                scope.MarkAsDisposed(this);
            else
                DisposeScopeManager.Statistics.DisposedOutsideScopeCount++;
            return Interlocked.Exchange(ref _handle, 0);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (other is not null)
                return other.MoveToOther(other, this);
            return DetachFromDisposeScope();
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor alias() => new(NativeMethods.ptycho_tensor_share(Handle));

        public override string ToString() =>
            IsInvalid ? "Tensor (disposed)" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";
    }
}
