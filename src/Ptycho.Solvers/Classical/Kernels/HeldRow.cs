namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// Where one row of one plane lies for <see cref="HeldUpdate{T}"/>. <see cref="Above"/>, <see cref="Here"/> and
/// <see cref="Below"/> are rows of e = z − f̂ with one more pixel on each side; <see cref="Next"/> is such a row of the new e.
/// </summary>
internal unsafe ref struct HeldRow
{
    public float* X;
    public float* Z;
    public float* Prior;

    /// <summary>1/(d + λ + 8κ).</summary>
    public float* Inverse;

    public float* Above;
    public float* Here;
    public float* Below;
    public float* Next;
    public int Length;
}
