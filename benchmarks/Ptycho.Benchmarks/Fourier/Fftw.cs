using System.Runtime.InteropServices;

namespace Ptycho.Benchmarks.Fourier;

/// <summary>The little of libfftw3-single3 that is needed to compare with it. One thread.</summary>
internal static unsafe partial class Fftw
{
    /// <summary>The planner's effort that is used: FFTW_PATIENT, above FFTW_MEASURE.</summary>
    public const uint Patient = 1 << 5;

    private const string Library = "libfftw3f.so.3";
    private const int ForwardSign = -1;

    [LibraryImport(Library, EntryPoint = "fftwf_execute")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Execute(nint plan);

    [LibraryImport(Library, EntryPoint = "fftwf_destroy_plan")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Destroy(nint plan);

    [LibraryImport(Library, EntryPoint = "fftwf_malloc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial float* Allocate(nuint bytes);

    [LibraryImport(Library, EntryPoint = "fftwf_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Free(float* memory);

    /// <summary>A forward transform of interleaved complex64 [n, n]. Planning overwrites both arrays.</summary>
    public static nint Plan(int n, float* input, float* output) =>
        fftwf_plan_dft_2d(n, n, input, output, ForwardSign, Patient);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint fftwf_plan_dft_2d(int rows, int columns, float* x, float* y, int sign, uint flags);
}
