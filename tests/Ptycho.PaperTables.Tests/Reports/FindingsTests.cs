using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Reports;

namespace Ptycho.PaperTables.Tests.Reports;

public class FindingsTests
{
    private static readonly PlannedRow Planned = new(Tables.One, Make.Scene(), MethodNames.Awf, 4);

    [Test]
    public void ARowHasTheMeanAndTheSampleDeviationOfTheCropsThatAreThere()
    {
        double[] errors = [0.1, 0.2, 0.6];
        var row = Findings
            .Gather(
                [Planned],
                cell => cell.Crop > 3 ? null : Make.Result(cell.Method, cell.Crop, errors[cell.Crop - 1])
            )
            .Rows.Single();
        Assert.That(row.N, Is.EqualTo(3));
        Assert.That(row.NrmseMean, Is.EqualTo(0.3).Within(1e-12));
        Assert.That(row.NrmseStd, Is.EqualTo(Math.Sqrt((0.04 + 0.01 + 0.09) / 2)).Within(1e-12));
        Assert.That(row.SsimMean, Is.EqualTo(0.9).Within(1e-12));
        Assert.That(row.SsimStd, Is.EqualTo(0).Within(1e-12));
        Assert.That(row.Seconds, Is.EqualTo(2).Within(1e-12));
        Assert.That(row.PhaseFlags, Is.EqualTo(1));
        Assert.That(row.NetworkEvaluations, Is.EqualTo(100));
    }

    [Test]
    public void OneCropHasNoDeviationAndNoCropNoRow()
    {
        var one = Findings.Gather([Planned], cell => cell.Crop == 1 ? Make.Result(cell.Method, 1) : null);
        Assert.That(one.Rows.Single().NrmseStd, Is.Zero);
        Assert.That(Findings.Gather([Planned], _ => null).Rows, Is.Empty);
    }

    [Test]
    public void ACropOfTwoTablesIsListedOnce()
    {
        var both = Findings.Gather(
            [Planned, Planned with { Table = Tables.Scans }],
            cell => Make.Result(cell.Method, cell.Crop)
        );
        Assert.That(both.Rows, Has.Count.EqualTo(2));
        Assert.That(both.Crops, Has.Count.EqualTo(4));
    }

    [Test]
    public void PosteriorRowsNeedTwentyCropsAndComeOnce()
    {
        var enough = Row.Of(Planned, [.. Enumerable.Range(1, 20).Select(c => Make.Result(MethodNames.Awf, c))]);
        var few = enough with { N = 19, Overlap = 38 };
        var dps = few with { Method = MethodNames.Dps, N = 4 };
        var network = enough with { Method = MethodNames.UNet };
        var chosen = PosteriorDocument.Chosen([enough, enough with { Table = Tables.Dose }, few, dps, network]);
        Assert.That(chosen, Is.EqualTo([enough, dps]));
    }
}
