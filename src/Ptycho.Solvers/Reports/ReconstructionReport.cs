using Ptycho.IO;
using Ptycho.IO.Files;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Reports.Pictures;
using Ptycho.Solvers.Reports.Sections;

namespace Ptycho.Solvers.Reports;

/// <summary>
/// A reconstruction as one HTML file that a person can open, keep and send: the object beside what it is compared with,
/// residuals, misfit by frame, ring correlation, what the data decided, warnings, options and versions. The file needs no
/// network, nor any file beside it; every text given here is escaped.
/// </summary>
/// <param name="measurement">What was reconstructed.</param>
/// <param name="result">What was found.</param>
public sealed class ReconstructionReport(Measurement measurement, ReconstructionResult result)
{
    /// <summary>What was reconstructed.</summary>
    public Measurement Measurement { get; } = measurement ?? throw new ArgumentNullException(nameof(measurement));

    /// <summary>What was found.</summary>
    public ReconstructionResult Result { get; } = result ?? throw new ArgumentNullException(nameof(result));

    /// <summary>The heading, such as the name of the sample or the file.</summary>
    public string Title { get; init; } = "Reconstruction";

    /// <summary>
    /// An object of the result's shape that a slider compares the result with: a start or another solver's. Its global
    /// phase is turned to the result's, and its scale too where the probe was refined.
    /// </summary>
    /// <exception cref="ArgumentException">Its shape is not the result's.</exception>
    public ComplexField? Before
    {
        get;
        init
        {
            if (value is { } before && (before.Height, before.Width) != (Result.Object.Height, Result.Object.Width))
                throw new ArgumentException(
                    $"Before is {before.Height}×{before.Width}, the result {Result.Object.Height}×{Result.Object.Width}.",
                    nameof(value)
                );
            field = value;
        }
    }

    /// <summary>What <see cref="Before"/> is.</summary>
    public string BeforeName { get; init; } = "start";

    /// <summary>Ring correlation of two reconstructions from half of the frames each, where it was computed.</summary>
    public RingCorrelation? RingCorrelation { get; init; }

    /// <summary>Height and width of an object pixel, m; null where unknown.</summary>
    public (double Height, double Width)? ObjectPixel { get; init; }

    /// <summary>Warnings about the data, beside those of the result.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Remarks, such as what a reader did to the data.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The options used, by name; <see cref="OptionList.Of"/> makes them from an options record.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Versions beyond those of the library and .NET, such as libtorch's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Versions { get; init; } = [];

    /// <summary>Times of other parts than the solver, such as reading.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> Timings { get; init; } = [];

    /// <summary>When the reconstruction was made; printed in UTC. Null leaves it out.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The file's text.</summary>
    public string ToHtml() => ReportPage.Of(this).Text;

    /// <summary>
    /// Magnitude and phase of the object as one picture, beside <see cref="Before"/> where that is given, with colour bars
    /// and a scale bar: <c>PngFile.Write("result.png", report.ToFigure().Render())</c>. Phases that fill little of the circle get
    /// colours of their own, as in the page.
    /// </summary>
    public FigureSheet ToFigure() => ObjectFigure.Of(this);

    /// <summary>Writes the file in UTF-8, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteAllText(path, ToHtml());
}
