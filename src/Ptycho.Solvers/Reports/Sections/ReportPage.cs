using Ptycho.Solvers.Reports.Html;

namespace Ptycho.Solvers.Reports.Sections;

/// <summary>The whole page. Its policy lets nothing run or load but what is in it.</summary>
internal static class ReportPage
{
    public static Markup Of(ReconstructionReport report) =>
        Markup.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{new Markup(
                Resource.Style.Hash
            )}'; script-src '{new Markup(Resource.Script.Hash)}'">
            <meta name="color-scheme" content="light dark">
            <title>{report.Title}</title>
            <style>{new Markup(Resource.Style.Text)}</style>
            </head>
            <body>
            <main>
            {HeaderSection.Of(report)}
            {WarningSection.Of(report)}
            {ObjectSection.Of(report)}
            {FitSection.Of(report)}
            {RingSection.Of(report)}
            {ShareSection.Of(report)}
            {ProbeSection.Of(report)}
            {RecordSection.Of(report)}
            </main>
            <script>{new Markup(Resource.Script.Text)}</script>
            </body>
            </html>

            """
        );
}
