using Ptycho.Solvers.Posterior.SlowPhases;

namespace Ptycho.Solvers.Tests.Posterior.SlowPhases;

public sealed class PhaseBasisTests
{
    [TestCase(1, 2)]
    [TestCase(2, 5)]
    [TestCase(3, 9)]
    [TestCase(8, 44)]
    public void ItHasEveryProductUpToTheDegreeButTheConstant(int degree, int count) =>
        Assert.That(new PhaseBasis(degree, 12, 10).Count, Is.EqualTo(count));

    [Test]
    public void PhasesAreOrthogonalWithAMeanSquareOfOneAndNoMean()
    {
        var basis = new PhaseBasis(3, 96, 80);
        var phases = Enumerable.Range(0, basis.Count).Select(k => Phase(basis, k)).ToArray();
        for (var k = 0; k < basis.Count; k++)
        {
            Assert.That(phases[k].Average(), Is.EqualTo(0).Within(1e-3));
            for (var l = 0; l < basis.Count; l++)
                Assert.That(
                    phases[k].Zip(phases[l], (a, b) => (double)a * b).Average(),
                    Is.EqualTo(k == l ? 1 : 0).Within(5e-3),
                    $"{k}, {l}"
                );
        }
    }

    [Test]
    public void TheFirstDegreeIsTheRampOfColumnsAndThatOfRows()
    {
        var basis = new PhaseBasis(1, 4, 2);
        // Middles of pixels at ±¼, ±¾ and ±½ of half the object, times √3.
        var columns = new[] { -0.5f, 0.5f }.Select(t => t * MathF.Sqrt(3)).ToArray();
        var rows = new[] { -0.75f, -0.25f, 0.25f, 0.75f }.Select(t => t * MathF.Sqrt(3)).ToArray();
        for (var y = 0; y < 4; y++)
        for (var x = 0; x < 2; x++)
        {
            Assert.That(Phase(basis, 0)[2 * y + x], Is.EqualTo(columns[x]).Within(1e-6));
            Assert.That(Phase(basis, 1)[2 * y + x], Is.EqualTo(rows[y]).Within(1e-6));
        }
    }

    [Test]
    public void ASumIsThatOfItsPhasesAndFactorsOfRowsAndColumnsGiveThem()
    {
        var basis = new PhaseBasis(2, 5, 7);
        double[] coefficients = [0.3, -0.2, 0.5, 0.1, -0.4];
        var sum = basis.Sum(coefficients);
        for (var i = 0; i < sum.Length; i++)
        {
            var at = i;
            var expected = Enumerable
                .Range(0, 5)
                .Sum(k => coefficients[k] * basis.Rows(k)[at / 7] * basis.Columns(k)[at % 7]);
            Assert.That(sum[i], Is.EqualTo(expected).Within(1e-6));
        }
    }

    private static float[] Phase(PhaseBasis basis, int index) =>
        basis.Sum([.. Enumerable.Range(0, basis.Count).Select(k => k == index ? 1.0 : 0)]);
}
