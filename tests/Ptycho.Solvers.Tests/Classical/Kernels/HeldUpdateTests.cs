using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>One row of a step that is held to a prior against its definition, with vectors of either width.</summary>
[TestFixture(typeof(Lanes8))]
[TestFixture(typeof(Lanes16))]
internal sealed unsafe class HeldUpdateTests<T>
    where T : unmanaged, ILanes<T>
{
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(16)]
    [TestCase(45)]
    public void ARowTakesTheStepThatIsDefined(int width)
    {
        const float lambda = 0.3f;
        const float roughness = 0.2f;
        var (along, beyond) = (0.6f, 0.4f);
        var (x, z, prior, inverse) = (Row(1, width), Row(2, width), Row(3, width), Row(4, width));
        var (above, here, below, next) = (Row(5, width), Row(6, width), Row(7, width), Row(8, width));
        TestPlane[] parts = [Row(9, width), Row(10, width)];
        var pointers = parts.Select(part => (nint)part.Window.Re).ToArray();
        HeldUpdate<T>.Row(
            new HeldRow
            {
                X = x.Window.Re,
                Z = z.Window.Re,
                Prior = prior.Window.Re,
                Inverse = inverse.Window.Re,
                Above = above.Window.Re,
                Here = here.Window.Re,
                Below = below.Window.Re,
                Next = next.Window.Re,
                Length = width,
            },
            pointers,
            lambda,
            roughness,
            (along, beyond)
        );
        for (var i = 0; i < width; i++)
        {
            var e = Of(here, i);
            var laplacian = Of(above, i) + Of(below, i) + Of(here, i - 1) + Of(here, i + 1) - 4 * e;
            var gradient = parts.Sum(part => Of(part, i)) - lambda * e + roughness * laplacian;
            var found = Of(z, i) + gradient * Of(inverse, i);
            var ahead = found + along * (found - Of(x, i)) + beyond * (found - Of(z, i));
            Assert.That(x.Now(i).Real, Is.EqualTo(found).Within(1e-6));
            Assert.That(z.Now(i).Real, Is.EqualTo(ahead).Within(1e-6));
            Assert.That(next.Now(i).Real, Is.EqualTo(ahead - Of(prior, i)).Within(1e-6));
        }

        Assert.That(next.Now(-1).Real, Is.EqualTo(next.Now(0).Real), "beyond the border is its neighbour's equal");
        Assert.That(next.Now(width).Real, Is.EqualTo(next.Now(width - 1).Real));
        foreach (var plane in (TestPlane[])[x, z, prior, inverse, above, here, below])
        foreach (var beside in (int[])[-1, width])
            Assert.That(plane.Now(beside), Is.EqualTo(plane.Before(beside)));
    }

    private static TestPlane Row(int seed, int width) => new(seed, width + 40, 20);

    private static double Of(TestPlane plane, int index) => plane.Before(index).Real;
}
