using TorchSharp.Native;

namespace TorchSharp;

public enum FFTNormType
{
    Backward = 0,
    Forward = 1,
    Ortho = 2,
}

public static partial class torch
{
    public static class fft
    {
        private static readonly long[] s_lastTwo = [-2, -1];

        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.Call("fft_fft", input, Length(n), dim, Name(norm));

        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.Call("fft_ifft", input, Length(n), dim, Name(norm));

        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.Call("fft_rfft", input, Length(n), dim, Name(norm));

        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.Call("fft_irfft", input, Length(n), dim, Name(norm));

        public static Tensor fft2(
            Tensor input,
            long[]? s = null,
            long[]? dim = null,
            FFTNormType norm = FFTNormType.Backward
        ) => Aten.Call("fft_fft2", input, s, dim ?? s_lastTwo, Name(norm));

        public static Tensor ifft2(
            Tensor input,
            long[]? s = null,
            long[]? dim = null,
            FFTNormType norm = FFTNormType.Backward
        ) => Aten.Call("fft_ifft2", input, s, dim ?? s_lastTwo, Name(norm));

        public static Tensor rfft2(
            Tensor input,
            long[]? s = null,
            long[]? dim = null,
            FFTNormType norm = FFTNormType.Backward
        ) => Aten.Call("fft_rfft2", input, s, dim ?? s_lastTwo, Name(norm));

        public static Tensor irfft2(
            Tensor input,
            long[]? s = null,
            long[]? dim = null,
            FFTNormType norm = FFTNormType.Backward
        ) => Aten.Call("fft_irfft2", input, s, dim ?? s_lastTwo, Name(norm));

        public static Tensor fftn(
            Tensor input,
            long[]? s = null,
            long[]? dim = null,
            FFTNormType norm = FFTNormType.Backward
        ) => Aten.Call("fft_fftn", input, s, dim, Name(norm));

        public static Tensor ifftn(
            Tensor input,
            long[]? s = null,
            long[]? dim = null,
            FFTNormType norm = FFTNormType.Backward
        ) => Aten.Call("fft_ifftn", input, s, dim, Name(norm));

        public static Tensor fftshift(Tensor input, long[]? dim = null) => Aten.Call("fft_fftshift", input, dim);

        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Aten.Call("fft_ifftshift", input, dim);

        public static Tensor fftfreq(
            long n,
            double d = 1,
            ScalarType? dtype = null,
            Device? device = null,
            bool requires_grad = false
        ) => Filled(Aten.Call("fft_fftfreq", n, d, dtype ?? s_dtype, Arg.None, device ?? s_device), requires_grad);

        private static long? Length(long n) => n < 0 ? null : n;

        private static string Name(FFTNormType norm) =>
            norm switch
            {
                FFTNormType.Backward => "backward",
                FFTNormType.Forward => "forward",
                _ => "ortho",
            };
    }
}
