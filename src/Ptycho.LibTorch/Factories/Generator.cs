using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed)
    {
        NativeMethods.Check(NativeMethods.ptycho_manual_seed((ulong)seed));
        return Generator.Default;
    }

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private static readonly Lazy<Generator> s_default = new(() =>
            new Generator(NativeMethods.Check(NativeMethods.ptycho_default_generator(0, -1)), CPU)
        );

        private IntPtr _handle;

        public Generator(ulong seed = 0, Device? device = null)
            : this(Create(seed, device ?? CPU), device ?? CPU) { }

        private Generator(IntPtr handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => s_default.Value;

        public Device device { get; }

        public IntPtr Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.ptycho_generator_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        public long seed()
        {
            var seed = NativeMethods.ptycho_generator_reseed(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        public long initial_seed()
        {
            var seed = NativeMethods.ptycho_generator_current(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        public Tensor get_state()
        {
            var state = new Tensor(NativeMethods.Check(NativeMethods.ptycho_generator_state(Handle)));
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.ptycho_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                NativeMethods.ptycho_generator_free(handle);
        }

        private static IntPtr Create(ulong seed, Device device) =>
            NativeMethods.Check(NativeMethods.ptycho_generator((int)device.type, device.index, seed));
    }
}
