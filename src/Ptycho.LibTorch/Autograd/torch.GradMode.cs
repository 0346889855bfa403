using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradModeGuard(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeGuard(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeGuard(mode);

    public static bool is_grad_enabled() => NativeMethods.ptycho_grad_mode() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceGuard(mode);

    private sealed class GradModeGuard : IDisposable
    {
        private readonly int _before = NativeMethods.ptycho_grad_mode();
        private bool _disposed;

        internal GradModeGuard(bool on) => NativeMethods.ptycho_set_grad_mode(on ? 1 : 0);

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            NativeMethods.ptycho_set_grad_mode(_before);
        }
    }

    private sealed class InferenceGuard(bool on) : IDisposable
    {
        private IntPtr _handle = NativeMethods.ptycho_inference_enter(on ? 1 : 0);

        public void Dispose()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                NativeMethods.ptycho_inference_leave(handle);
        }
    }
}
