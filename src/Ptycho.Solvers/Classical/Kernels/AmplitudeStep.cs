using System.Runtime.CompilerServices;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The factor of the step to the measured amplitudes from intensities: √(I/|Ψ|²) is I·(I·|Ψ|²)^(−½), one root for two.
/// </summary>
internal static class AmplitudeStep<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>The least product, 2^−124: of what is smaller, half would not be a normal number, and that is slow.</summary>
    public const float Least = 4.7019774e-38f;

    /// <summary>√(I/|Ψ|²) − 1.</summary>
    /// <param name="intensity">|Ψ|², no less than what counts as dark.</param>
    /// <param name="measured">I, scaled.</param>
    /// <param name="restore">What undoes the scale.</param>
    /// <param name="least"><see cref="Least"/>.</param>
    /// <param name="minusOne">−1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Factor(T intensity, T measured, T restore, T least, T minusOne) =>
        T.MultiplyAdd(measured * T.ReciprocalSqrt(T.AtLeast(least, measured * intensity)), restore, minusOne);
}
