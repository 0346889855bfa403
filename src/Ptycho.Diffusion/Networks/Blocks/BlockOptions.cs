namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>What all blocks of one U-Net share.</summary>
/// <param name="EmbeddingWidth">Length of the time embedding.</param>
/// <param name="Groups">Groups of each normalisation.</param>
/// <param name="ScaleShift">Whether the embedding scales and shifts, rather than is added.</param>
/// <param name="Dropout">The share of activations dropped in training.</param>
internal sealed record BlockOptions(int EmbeddingWidth, int Groups, bool ScaleShift, double Dropout);
