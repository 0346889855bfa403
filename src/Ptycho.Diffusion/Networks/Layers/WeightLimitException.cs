namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>A network described in a file needs more weights than the file has.</summary>
internal sealed class WeightLimitException()
    : ArgumentException("the network needs far more weights than the file has; one of its numbers is too large");
