namespace Ptycho.Physics.FourierPtychography;

/// <summary>A complex plane as two arrays, in the order of the discrete Fourier transform.</summary>
internal sealed class SplitPlane(int length)
{
    public float[] Re { get; } = new float[length];

    public float[] Im { get; } = new float[length];

    public int Length => Re.Length;
}
