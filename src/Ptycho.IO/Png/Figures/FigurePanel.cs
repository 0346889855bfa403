namespace Ptycho.IO.Png.Figures;

/// <summary>One picture of a sheet.</summary>
/// <param name="Image">The picture, in its own pixels; the sheet enlarges it.</param>
public sealed record FigurePanel(RgbImage Image)
{
    /// <summary>The text below, such as "NRMSE .070  SSIM .92"; may be empty or have several lines.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Whether the caption is bold, as the best of its row.</summary>
    public bool Emphasized { get; init; }

    /// <summary>A bar of known length in the picture's corner.</summary>
    public ScaleBar? ScaleBar { get; init; }
}
