namespace Ptycho.Physics.Fourier;

/// <summary>Where the real and the imaginary plane of a field lie. Owns nothing.</summary>
internal readonly unsafe struct Planes(float* re, float* im)
{
    public readonly float* Re = re;
    public readonly float* Im = im;

    public static Planes None => new(null, null);

    /// <summary>i·conj of the field: a transform between two exchanges is its inverse.</summary>
    public Planes Exchanged => new(Im, Re);

    public bool IsNone => Re == null;

    public static Planes operator +(Planes planes, nint offset) => new(planes.Re + offset, planes.Im + offset);

    /// <summary>A buffer of two planes of equal length.</summary>
    public static Planes Of(AlignedBuffer buffer, nint length) => new(buffer.Pointer, buffer.Pointer + length);
}
