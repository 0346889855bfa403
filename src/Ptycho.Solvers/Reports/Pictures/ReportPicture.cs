using Ptycho.IO.Png;
using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>A picture inside the page, as a PNG in its own address.</summary>
internal static class ReportPicture
{
    /// <summary>Smaller objects are enlarged on the screen; their pixels are to be seen then.</summary>
    private const int Small = 400;

    public static Markup Of(RgbImage image, string description, string style = "")
    {
        using var file = new MemoryStream();
        PngFile.Write(file, image);
        var pixels = Math.Max(image.Width, image.Height) < Small ? "pixels " : "";
        return Markup.Of(
            $"""<img class="{pixels}{style}" width="{image.Width}" height="{image.Height}" alt="{description}" src="data:image/png;base64,{new Markup(Convert.ToBase64String(file.GetBuffer().AsSpan(0, (int)file.Length)))}">"""
        );
    }
}
