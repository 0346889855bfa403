using Ptycho.IO.Png;
using Ptycho.Solvers.Reports.Charts;
using Ptycho.Solvers.Reports.Html;
using Ptycho.Solvers.Reports.Pictures;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>What the data decided and what the prior filled in.</summary>
internal static class ShareSection
{
    public static Markup Of(ReconstructionReport report)
    {
        if (report.Result.DataShare is not { } share)
            return Markup.None;
        var found = report.Result.Object;
        var factor = FieldReduction.Factor(found.Height, found.Width);
        var plane = FieldReduction.Reduce(share, found.Width, factor);
        var width = (found.Width + factor - 1) / factor;
        var scale = new ColorScale(ColorMap.Viridis, new ValueRange(0, 1), "share of the data");
        var image = FieldImage.Render(plane, plane.Length / width, width, scale.Map, scale.Range);
        return Pieces.Section(
            "share",
            "Data or prior",
            Markup.Of(
                $"""
                <p>Where the share is near 1 the data decided the pixel; where it is near 0 the prior filled it in, and detail there is what the prior expects of such a sample.</p>
                <figure class="single"><div class="stack">{ReportPicture.Of(
                    image,
                    "Map of the share of the data in each pixel of the object"
                )}{ScaleOverlay.Of(found.Width, report.ObjectPixel)}</div>{scale.Draw("share-scale")}<figcaption>Share of the data in each pixel.</figcaption></figure>
                """
            )
        );
    }
}
