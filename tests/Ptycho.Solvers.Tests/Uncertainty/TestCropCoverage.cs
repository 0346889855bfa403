using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Solvers.Tests.Uncertainty;

/// <summary>
/// How often the truth of the repository's test crops (20 % overlap) lies within the error bars of posterior samples. For
/// the report alone: nothing is fitted here. The factors on the bars come from validation crops
/// (samples/Uncertainty --objects), by the environment variable INFLATION = "magnitude phase"; without it they are 1.
/// </summary>
public class TestCropCoverage
{
    private const int Crops = 2;

    private static readonly PosteriorOptions Options = new() { Chains = 8, Levels = 30 };

    [Test, Category("Long")]
    public void CoverageOnTestCropsIsReported()
    {
        var root = Reliability.SupplyChainTests.Root;
        using var prior = NetworkPrior.Load(Path.Combine(root, "models", "blood-smear-compact.safetensors"));
        var objects = new List<(PosteriorSummary, ComplexField)>();
        for (var crop = 1; crop <= Crops; crop++)
        {
            var path = Path.Combine(root, "samples", "Demo", "data", $"overlap-20-crop-{crop}.npz");
            var summary = new PosteriorSampler(prior, Options).Run(MeasurementFile.Read(path));
            objects.Add((summary, MeasurementFile.ReadTruth(path)!));
        }
        var bare = CalibrationReport.Of(objects);
        Print("bare", bare);
        var factors = (Environment.GetEnvironmentVariable("INFLATION") ?? "1 1")
            .Split(' ')
            .Select(double.Parse)
            .ToArray();
        Print($"× {factors[0]}, {factors[1]}", CalibrationReport.Of(objects, factors[0], factors[1]));
        Assert.That(bare.Pixels, Is.EqualTo(objects.Sum(o => o.Item2.Length)));
        Assert.That(bare.MagnitudeCoverage, Is.Ordered, "wider intervals hold more");
        Assert.That(bare.MagnitudeCoverage[^1], Is.GreaterThan(0.5), "the bars are of the errors' size");
    }

    private static void Print(string what, CalibrationReport report)
    {
        for (var i = 0; i < report.Nominal.Length; i++)
            TestContext.Out.WriteLine(
                FormattableString.Invariant(
                    $"{what}: nominal {report.Nominal[i]:P0}, magnitude {report.MagnitudeCoverage[i]:P1}, phase {report.PhaseCoverage[i]:P1}"
                )
            );
    }
}
