using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

public class LbfgsMemoryTests
{
    private const int Length = 12;

    [TestCase(0, false)]
    [TestCase(6, true)]
    public void AQuadraticIsSolvedFarFasterThanByDescent(int pairs, bool solved)
    {
        // ½ Σ c x² with conditions from 1 to 100, unit steps in the metric of the largest.
        var curvature = Enumerable.Range(0, Length).Select(i => MathF.Pow(100, i / (Length - 1f))).ToArray();
        var inverse = Enumerable.Repeat(1 / 100f, Length).ToArray();
        var memory = new LbfgsMemory(pairs, Length);
        var x = Enumerable.Repeat(1f, Length).ToArray();
        var (p, work) = (new float[Length], new float[Length]);
        var gradient = x.Select((v, i) => curvature[i] * v).ToArray();
        for (var iteration = 0; iteration < 40; iteration++)
        {
            memory.Direction(gradient, inverse, p, work);
            // The exact line search of a quadratic.
            var bend = p.Select((v, i) => (double)v * v * curvature[i]).Sum();
            var step = bend > 0 ? -LbfgsMemory.Dot(gradient, p) / bend : 0;
            x = [.. x.Zip(p, (v, d) => (float)(v + step * d))];
            var next = x.Select((v, i) => curvature[i] * v).ToArray();
            memory.Add(p, step, next, gradient);
            gradient = next;
        }

        var norm = Math.Sqrt(LbfgsMemory.Dot(gradient, gradient));
        Assert.That(norm < 1e-3, Is.EqualTo(solved), $"gradient {norm:E2}");
    }

    [Test]
    public void APairWithoutCurvatureIsNotKept()
    {
        var memory = new LbfgsMemory(3, 2);
        memory.Add([1, 0], 1, [1, 0], [0, 0]);
        Assert.That(memory.Count, Is.EqualTo(1));
        memory.Add([1, 0], 1, [-1, 0], [0, 0]);
        Assert.That(memory.Count, Is.Zero);
    }

    [Test]
    public void TheFirstDirectionIsThePreconditionedDescent()
    {
        var memory = new LbfgsMemory(3, 2);
        var p = new float[2];
        memory.Direction([2, -4], [0.5f, 0.25f], p, new float[2]);
        Assert.That(p, Is.EqualTo((float[])[-1, 1]));
    }

    [Test]
    public void DotsOfManyValuesKeepTheirDigits()
    {
        var ones = new AlignedBuffer(1_000_003);
        ones.Span.Fill(0.1f);
        var expected = 1_000_003 * (double)0.1f * 0.1f;
        Assert.That(LbfgsMemory.Dot(ones.Span, ones.Span), Is.EqualTo(expected).Within(1e-3).Percent);
    }
}
