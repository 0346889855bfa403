namespace Ptycho.Diffusion.Data;

/// <summary>An endless supply of crops in which crop i is always the same one, whoever asks and in whatever order.</summary>
public interface ICropSource
{
    /// <summary>Crop number <paramref name="index"/> of size×size pixels; safe to call from several threads.</summary>
    public ComplexCrop Sample(ulong index, int size);
}
