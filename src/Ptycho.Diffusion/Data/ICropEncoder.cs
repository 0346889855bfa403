namespace Ptycho.Diffusion.Data;

/// <summary>Turns a complex crop into the real channels that a network is trained on. Stateless and thread-safe.</summary>
public interface ICropEncoder
{
    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Writes the crop's channels, [Channels, H, W] row-major, to a span of exactly that length.</summary>
    public void Encode(ComplexCrop crop, Span<float> channels);
}
