namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>What a residual block does to the size of an image.</summary>
internal enum ResizeMode
{
    /// <summary>Nothing.</summary>
    Keep,

    /// <summary>Half the height and width.</summary>
    Down,

    /// <summary>Twice the height and width.</summary>
    Up,
}
