namespace Ptycho.Physics.Fourier;

/// <summary>Frequencies in the order of the discrete Fourier transform.</summary>
internal static class Frequencies
{
    /// <summary>The signed frequency of an index, in [−n/2, n/2), cycles a frame.</summary>
    public static int Signed(int index, int length) => index < (length + 1) / 2 ? index : index - length;
}
