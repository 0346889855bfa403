using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Reports;

namespace Ptycho.PaperTables.Tests.Reports;

public class PaperNumbersTests
{
    /// <summary>The rows "best of the paper's columns" as they are stated beside the targets.</summary>
    [TestCase(20, .116, .899)]
    [TestCase(38, .079, .946)]
    [TestCase(44, .071, .957)]
    [TestCase(50, .062, .967)]
    [TestCase(62, .040, .977)]
    [TestCase(66, .026, .991)]
    [TestCase(74, .019, .999)]
    public void BestOfThePapersColumns(int overlap, double nrmse, double ssim)
    {
        var row = PaperNumbers.TableOne[overlap];
        Assert.That(row.BestNrmse.Mean, Is.EqualTo(nrmse));
        Assert.That(row.BestSsim.Mean, Is.EqualTo(ssim));
    }

    [Test]
    public void TheTablesCoverThePapersOverlapsAndAgreeWhereTheyOverlap()
    {
        Assert.That(PaperNumbers.TableOne.Keys, Is.EqualTo(Plan.PaperOverlaps));
        Assert.That(PaperNumbers.TableTwo, Has.Count.EqualTo(16));
        foreach (var overlap in Plan.TableTwoOverlaps)
            Assert.That(PaperNumbers.TableTwo[(overlap, overlap)], Is.EqualTo(PaperNumbers.TableOne[overlap].UNet));
    }

    [TestCase(.050, .01, 20, "better")]
    [TestCase(.130, .01, 20, "equal", Description = "within two standard errors of .116 ± .048 over 50")]
    [TestCase(.150, .01, 20, "worse")]
    [TestCase(.050, .00, 1, "one crop only")]
    public void VerdictsHaveAMargin(double mean, double std, int n, string expected)
    {
        var paper = PaperNumbers.TableOne[20].Proposed.Nrmse;
        Assert.That(Verdict.Of(new Score(mean, std), n, paper, lessIsBetter: true), Is.EqualTo(expected));
    }

    [Test]
    public void ASimilarityIsBetterWhenItIsLarger()
    {
        var paper = PaperNumbers.TableOne[20].Proposed.Ssim;
        Assert.That(Verdict.Of(new Score(.95, .01), 20, paper, lessIsBetter: false), Is.EqualTo("better"));
        Assert.That(Verdict.Of(new Score(.80, .01), 20, paper, lessIsBetter: false), Is.EqualTo("worse"));
    }
}
