using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reports;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Reports;

public sealed partial class ReconstructionReportTests
{
    private const string Evil = "</title></script><script>alert('1')</script>\" onload=\"x & ü";

    [Test]
    public void EveryTextThatIsGivenIsEscaped()
    {
        var measurement = Small.Measurement();
        var html = new ReconstructionReport(
            measurement,
            Small.Result(measurement) with
            {
                Solver = Evil,
                Warnings = [new TrustWarning(TrustWarningKind.DataMisfit, Evil, 2, 1)],
            }
        )
        {
            Title = Evil,
            Before = ComplexField.Constant(Small.Side, Small.Side, 1),
            BeforeName = Evil,
            Warnings = [Evil],
            Notes = [Evil],
            Options = [KeyValuePair.Create(Evil, Evil)],
            Versions = [KeyValuePair.Create(Evil, Evil)],
            Timings = [KeyValuePair.Create(Evil, TimeSpan.Zero)],
        }.ToHtml();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(html, Does.Not.Contain("<script>alert"));
            Assert.That(html, Does.Not.Contain("onload=\""));
            Assert.That(Regex.Count(html, "<script"), Is.EqualTo(1));
            Assert.That(html, Does.Contain("ü"));
        }
    }

    [TestCase(null, "px")]
    [TestCase(50e-9, "nm")]
    public void EveryPictureOfAFieldHasAScaleBar(double? pixel, string unit)
    {
        var measurement = Small.Measurement();
        var html = new ReconstructionReport(measurement, Small.Result(measurement))
        {
            ObjectPixel = pixel is { } size ? (size, size) : null,
        }.ToHtml();
        var bars = Regex.Matches(html, $"<span class=\"bar\"[^>]*aria-label=\"Scale bar: [125]0* {unit}\">");
        Assert.That(bars, Has.Count.EqualTo(Regex.Count(html, "<img ")));
    }

    [Test]
    public void NothingIsLoadedFromElsewhereAndOnlyTheOwnStyleAndScriptAreAllowed()
    {
        var html = Small.Report().ToHtml();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(html, Does.Not.Match("https?:"));
            Assert.That(html, Does.Not.Match("(src|href)=\"(?!data:image/png;base64,)"));
            Assert.That(html, Does.Contain("default-src 'none'"));
            Assert.That(html, Does.Contain($"style-src '{Hash(html, "style")}'"));
            Assert.That(html, Does.Contain($"script-src '{Hash(html, "script")}'"));
            // Such attributes would need a wider policy.
            Assert.That(html, Does.Not.Match("<[^>]* style="));
        }
    }

    [Test]
    public void DrawingsAreWellFormedAndNamed()
    {
        foreach (Match drawing in Drawing().Matches(Full().ToHtml()))
        {
            var svg = XElement.Parse(drawing.Value);
            Assert.That(
                (string?)svg.Attribute("aria-label")
                    ?? (string?)svg.Attribute("aria-labelledby")
                    ?? (string?)svg.Attribute("aria-hidden"),
                Is.Not.Null.And.Not.Empty
            );
            Assert.That(drawing.Value, Does.Not.Contain("NaN").And.Not.Contain("∞"));
        }
    }

    [Test]
    public void SectionsAreThereIfWhatTheyShowIs()
    {
        var (plain, full) = (Small.Report().ToHtml(), Full().ToHtml());
        using (Assert.EnterMultipleScope())
        {
            foreach (var id in (string[])["object", "fit", "probe", "record"])
                Assert.That(plain, Does.Contain($"id=\"{id}\""));
            Assert.That(plain, Does.Contain("No warnings."));
            foreach (var id in (string[])["rings", "share", "warnings", "chi-t"])
            {
                Assert.That(plain, Does.Not.Contain($"id=\"{id}\""));
                Assert.That(full, Does.Contain($"id=\"{id}\""));
            }
            Assert.That(plain, Does.Not.Contain("type=\"range\""));
            Assert.That(full, Does.Contain("type=\"range\""));
        }
    }

    [Test]
    public void TheFigureHasColoursForWeakPhasesAndABarOfARoundLength()
    {
        var measurement = Small.Measurement();
        var (found, side) = (Small.Result(measurement).Object.Clone(), Small.Side);
        for (var i = 0; i < found.Length; i++)
            (found.Real[i], found.Imaginary[i]) = ((float)Math.Cos(0.1 * (i % 5)), (float)Math.Sin(0.1 * (i % 5)));
        var result = Small.Result(measurement) with { Object = found };
        var plain = new ReconstructionReport(measurement, result).ToFigure();
        var full = new ReconstructionReport(measurement, result)
        {
            Title = "title",
            Before = ComplexField.Constant(side, side, 1),
            BeforeName = "start",
            ObjectPixel = (9e-9, 9e-9),
        }.ToFigure();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.ColumnTitles, Is.EqualTo(new[] { result.Solver }));
            Assert.That(plain.Rows[0].Panels[0]!.ScaleBar!.Label, Is.EqualTo("5 px"));
            Assert.That(full.ColumnTitles, Is.EqualTo(new[] { "start", result.Solver }));
            // A quarter of 24 pixels of 9 nm is 54 nm.
            Assert.That(full.Rows[0].Panels[0]!.ScaleBar, Is.EqualTo(new ScaleBar(6, "50 nm")));
            Assert.That(full.Rows[1].Bar!.Map, Is.SameAs(ColorMap.Viridis));
            Assert.That(full.Rows[1].Bar!.Range.High - full.Rows[1].Bar!.Range.Low, Is.EqualTo(0.4).Within(0.01));
            Assert.That(full.Enlargement * side, Is.InRange(200, 256));
            Assert.That(full.Render().Width, Is.GreaterThan(2 * full.Enlargement * side));
        }
        for (var i = 0; i < found.Length; i++)
            (found.Real[i], found.Imaginary[i]) = ((float)Math.Cos(i), (float)Math.Sin(i));
        var strong = new ReconstructionReport(measurement, result).ToFigure();
        Assert.That(strong.Rows[1].Bar!.Map, Is.SameAs(ColorMap.CyclicPhase));
    }

    [Test]
    public void WhereLittleLightFallsNoColourIsSpent()
    {
        var measurement = Small.Measurement();
        var dim = ComplexField.Constant(8, 8, 0.05);
        (dim.Real[27], dim.Real[28]) = (1, 1);
        var result = Small.Result(measurement) with { Probe = Probe.FromField(dim) };
        var light = new FrameOperator(result.Probe, measurement.Positions, Small.Side, Small.Side).Illumination();
        var (found, least) = (result.Object.Clone(), 0.019 * light.Max());
        for (var i = 0; i < found.Length; i++)
            (found.Real[i], found.Imaginary[i]) = (light[i] > least ? 1 : 50, 0);
        Assert.That(light, Has.Some.GreaterThan(0).And.Some.InRange(1e-6, least));
        var sheet = new ReconstructionReport(measurement, result with { Object = found }).ToFigure();
        Assert.That(sheet.Rows[0].Bar!.Range.High, Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void AResolutionIsSaidInPixelsAndInMetres()
    {
        var rings = new RingCorrelation([0, 0.1, 0.2], [1, 0.9, 0.1], [0.5, 0.5, 0.5], 0.125);
        var html = new ReconstructionReport(Small.Measurement(), Small.Result(Small.Measurement()))
        {
            RingCorrelation = rings,
            ObjectPixel = (2e-8, 2e-8),
        }.ToHtml();
        Assert.That(html, Does.Contain("0.125 cycles a pixel, a period of 8.0 pixels, 160 nm"));
    }

    [Test]
    public void ManyFramesAndALargeObjectStayASmallFile()
    {
        var measurement = Small.Measurement(frames: 6_000, side: 2100);
        var html = new ReconstructionReport(measurement, Small.Result(measurement)).ToHtml();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(html.Length, Is.LessThan(1_500_000));
            Assert.That(html, Does.Contain("mean of 3×3 object pixels"));
            Assert.That(html, Does.Contain("width=\"700\" height=\"700\""));
        }
    }

    [Test]
    public void TheFileIsWrittenAsItIsReturned()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "report-test.html");
        var report = Small.Report();
        report.Write(path);
        Assert.That(File.ReadAllText(path), Is.EqualTo(report.ToHtml()));
        File.Delete(path);
    }

    [Test]
    public void WhatIsComparedMustHaveTheResultsShape() =>
        Assert.That(
            () =>
                new ReconstructionReport(Small.Measurement(), Small.Result(Small.Measurement()))
                {
                    Before = new ComplexField(3, 4),
                },
            Throws.ArgumentException.With.Message.Contains("3×4")
        );

    private static ReconstructionReport Full()
    {
        var measurement = Small.Measurement();
        var count = measurement.Data.FrameCount;
        return new ReconstructionReport(
            measurement,
            Small.Result(measurement) with
            {
                FrameChiSquare = [.. Enumerable.Range(0, count).Select(k => k == 1 ? double.NaN : 1.0 + k)],
                DataShare = new float[Small.Side * Small.Side],
                Probe = Probe.FromField(ComplexField.Constant(8, 8, 2)),
                Positions = new ScanPattern(measurement.Positions.Select(p => new ScanPosition(p.Row + 0.5, p.Column))),
                Warnings = [new TrustWarning(TrustWarningKind.PriorFilledIn, "the data decide little.", 1, 0.75)],
            }
        )
        {
            Before = ComplexField.Constant(Small.Side, Small.Side, 1),
            RingCorrelation = new RingCorrelation([0, 0.2, 0.4], [1, 0.8, -0.1], [1, 0.5, 0.3], null),
        };
    }

    private static string Hash(string html, string element)
    {
        var text = Regex.Match(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();
}
