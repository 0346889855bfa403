using System.Numerics;
using Ptycho.IO;
using Ptycho.Solvers.Tiling;

namespace Ptycho.Solvers.Tests.Tiling;

public sealed class SeamReportTests
{
    private const int Size = 96;
    private static readonly SeamLines s_lines = new([30, 60], [40]);

    [Test]
    public void AnErrorThatIsAlikeEverywhereHasNoSeam()
    {
        var (estimate, truth) = (Noisy(1, 0.1), ComplexField.Constant(Size, Size, 1));
        var report = SeamReport.Between(estimate, truth, s_lines);
        Assert.That(report.ErrorRatio, Is.EqualTo(1).Within(3 * report.ErrorRatioSpread));
        Assert.That(report.StepRatio, Is.EqualTo(1).Within(3 * report.StepRatioSpread));
        Assert.That(report.ErrorRatioSpread, Is.InRange(1e-3, 0.05));
        // White noise of .1 in both parts, and its differences.
        Assert.That(report.InteriorError, Is.EqualTo(0.1 * Math.Sqrt(2)).Within(0.01));
        Assert.That(report.InteriorStep, Is.EqualTo(0.2).Within(0.01));
    }

    [Test]
    public void AStepAtTheLinesIsSeen()
    {
        var estimate = Noisy(2, 0.02);
        for (var y = 30; y < 60; y++)
        for (var x = 0; x < Size; x++)
            estimate[y, x] *= Complex.FromPolarCoordinates(1, 0.3);
        var report = SeamReport.Between(estimate, ComplexField.Constant(Size, Size, 1), s_lines);
        Assert.That(report.StepRatio, Is.GreaterThan(1 + 5 * report.StepRatioSpread).And.GreaterThan(4));
        var elsewhere = SeamReport.Between(
            estimate,
            ComplexField.Constant(Size, Size, 1),
            new SeamLines([20, 70], [40])
        );
        Assert.That(elsewhere.StepRatio, Is.LessThan(1));
    }

    [Test]
    public void AnErrorNearTheLinesIsMeasuredExactly()
    {
        var truth = ComplexField.Constant(40, 40, 2);
        var estimate = truth.Clone();
        for (var y = 0; y < 40; y++)
        for (var x = 0; x < 40; x++)
            estimate[y, x] += (y is >= 18 and < 22 ? 0.4 : 0.1) * (x % 2 == 0 ? 1 : -1);
        var report = SeamReport.Between(estimate, truth, new SeamLines([20], []), new SeamOptions { HalfWidth = 2 });
        Assert.That(report.BorderError, Is.EqualTo(0.2).Within(1e-6));
        Assert.That(report.InteriorError, Is.EqualTo(0.05).Within(1e-6));
        Assert.That(report.ErrorRatio, Is.EqualTo(4).Within(1e-5));
        Assert.That(report.BorderShare, Is.EqualTo(0.1));
        Assert.That(report.BorderStep, Is.Zero, "the error does not change across the line itself");
    }

    [Test]
    public void TheGlobalPhaseIsFree()
    {
        var (estimate, truth) = (Noisy(3, 0.05), ComplexField.Constant(Size, Size, 1));
        var turned = estimate.Clone();
        for (var y = 0; y < Size; y++)
        for (var x = 0; x < Size; x++)
            turned[y, x] *= Complex.ImaginaryOne;
        var (a, b) = (SeamReport.Between(estimate, truth, s_lines), SeamReport.Between(turned, truth, s_lines));
        Assert.That(b.BorderError, Is.EqualTo(a.BorderError).Within(1e-6));
        Assert.That(b.StepRatio, Is.EqualTo(a.StepRatio).Within(1e-5));
    }

    [Test]
    public void LinesThatDoNotFitAreNamed()
    {
        var field = ComplexField.Constant(40, 40, 1);
        Refused(new SeamLines([40], []), "row line 40");
        Refused(new SeamLines([], [0]), "column line 0");
        Refused(new SeamLines([], []), "no line");
        Refused(new SeamLines([4, 12, 20, 28, 36], []), "no interior");

        void Refused(SeamLines lines, string part) =>
            Assert.That(
                () => SeamReport.Between(field, field, lines),
                Throws.ArgumentException.With.Message.Contains(part)
            );
    }

    private static ComplexField Noisy(int seed, double sigma)
    {
        var random = new Random(seed);
        var field = ComplexField.Constant(Size, Size, 1);
        for (var y = 0; y < Size; y++)
        for (var x = 0; x < Size; x++)
            field[y, x] += new Complex(Normal(), Normal());
        return field;

        double Normal() =>
            sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
    }
}
