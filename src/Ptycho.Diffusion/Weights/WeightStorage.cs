namespace Ptycho.Diffusion.Weights;

/// <summary>The element type of stored weights.</summary>
public enum WeightStorage
{
    /// <summary>float32, exactly as in memory.</summary>
    Float32,

    /// <summary>float16, half the size, rounded to nearest; float32 again in memory.</summary>
    Float16,
}
