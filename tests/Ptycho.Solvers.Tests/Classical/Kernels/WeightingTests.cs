using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>The weights of rPIE, and the equations of a shift.</summary>
public class WeightingTests
{
    [Test]
    public void TheWeightIsThatOfThePaper()
    {
        // γ·conj(P)/((1 − α)|P|² + α·max|P|²) for a probe P/√n that is given to the kernels.
        const int size = 16;
        var (a, b, factor) = ObjectWeighting.Rpie(alpha: 0.25, gamma: 0.5).Coefficients(largest: 0.4f, size);
        Assert.That(a, Is.EqualTo(0.75 * size));
        Assert.That(b, Is.EqualTo(0.25 * 0.4 * size).Within(1e-6));
        Assert.That(factor, Is.EqualTo(0.5));
        Assert.That(ProbeWeighting.Rpie(0.25, 0.5), Is.EqualTo(new ProbeWeighting(false, 0.25, 0.5)));
        Assert.That(ProbeWeighting.Gradient.IsGradient, Is.True);
        Assert.That(ObjectWeighting.Gradient.Coefficients(0.4f, size), Is.EqualTo((0f, 1f, 1f)));
    }

    [TestCase(1)]
    [TestCase(1e9)]
    [TestCase(1e-9)]
    public void AShiftSolvesItsEquations(double light)
    {
        var sums = new ShiftSums(
            4 * light,
            1.5 * light,
            2 * light,
            light * (4 * 0.3 + 1.5 * -0.2),
            light * (1.5 * 0.3 + 2 * -0.2)
        );
        var (row, column) = sums.Solve();
        Assert.That(row, Is.EqualTo(0.3).Within(1e-12));
        Assert.That(column, Is.EqualTo(-0.2).Within(1e-12));
        Assert.That((sums + sums).Solve().Row, Is.EqualTo(0.3).Within(1e-12));
        Assert.That(
            new ShiftSums(1, 2, 3, 4, 5) + new ShiftSums(5, 4, 3, 2, 1),
            Is.EqualTo(new ShiftSums(6, 6, 6, 6, 6))
        );
    }

    [TestCase(1, 0, 0)]
    [TestCase(1, 1, 1)]
    [TestCase(1, 0.9999999, 1)]
    [TestCase(0, 0, 0)]
    [TestCase(double.NaN, 0, 1)]
    public void AShiftThatIsNotDeterminedIsNone(double rows, double both, double columns) =>
        Assert.That(new ShiftSums(rows, both, columns, 1, 1).Solve(), Is.EqualTo((0.0, 0.0)));

    [TestCase(0.9e-6, false)]
    [TestCase(1.1e-6, true)]
    public void AnAxisWithHardlyAnyDetailSaysNothing(double columns, bool solved) =>
        Assert.That(new ShiftSums(1, 0, columns, 1, 1).Solve().Row, Is.EqualTo(solved ? 1 : 0));
}
