using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Reports;

namespace Ptycho.PaperTables.Tests.Reports;

public class TargetTests
{
    [TestCase(.0504, .9496, true, true, Description = "as printed: .050 and .950")]
    [TestCase(.0506, .9494, false, false)]
    public void MeansAreJudgedAsPrinted(double nrmse, double ssim, bool nrmseMet, bool ssimMet)
    {
        var planned = new PlannedRow(Tables.One, Make.Scene(20), MethodNames.Default, 1);
        var findings = Findings.Gather([planned], cell => Make.Result(cell.Method, 1, nrmse, ssim));
        var target = Target.Judge(findings).Single(t => t.Overlap == 20);
        Assert.That(target.NrmseMet, Is.EqualTo(nrmseMet));
        Assert.That(target.SsimMet, Is.EqualTo(ssimMet));
    }

    [Test]
    public void WithoutAMeasurementNothingIsMet()
    {
        var targets = Target.Judge(Findings.Gather([], _ => null));
        Assert.That(targets.Select(t => t.Overlap), Is.EqualTo(Plan.AllOverlaps));
        Assert.That(targets.Select(t => t.NrmseMet), Is.All.Null);
    }
}
