using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Tests.Refinement;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>λ·Laplacian by plain loops, on objects of one row, one column and both, with windows that leave them.</summary>
public sealed class SmoothingTests
{
    private const float Lambda = 0.3f;

    [TestCase(21, 37)]
    [TestCase(9, 1)]
    [TestCase(1, 9)]
    [TestCase(1, 1)]
    public unsafe void TheDirectionIsTheLaplacianWithinTheObject(int height, int width)
    {
        var (plan, image, field) = Scene(height, width);
        var smoothing = new Smoothing(plan);
        // What was there before must not count.
        new Span<float>(smoothing.Direction.Re, 2 * plan.PlaneLength).Fill(7);
        smoothing.Compute(Planes.Of(image, plan.PlaneLength), Lambda, 0, height);
        Check(smoothing, plan, field, 0, height);
        GC.KeepAlive(image);
    }

    [Test]
    public void OnlyTheRowsAskedForAreWritten()
    {
        var (plan, image, field) = Scene(21, 37);
        var smoothing = new Smoothing(plan);
        smoothing.Compute(Planes.Of(image, plan.PlaneLength), Lambda, 4, 9);
        Check(smoothing, plan, field, 4, 9);
        GC.KeepAlive(image);
    }

    private static void Check(Smoothing smoothing, ScanPlan plan, ComplexField field, int first, int end)
    {
        var found = plan.ToField(smoothing.Direction);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var sum = Complex.Zero;
            foreach (
                var (y, x) in ((int, int)[])[(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
            )
                if (y >= 0 && y < field.Height && x >= 0 && x < field.Width)
                    sum += field[y, x] - field[row, column];
            var expected = row >= first && row < end ? Lambda * sum : 0;
            Assert.That((found[row, column] - expected).Magnitude, Is.LessThan(1e-6), $"row {row}, column {column}");
        }
    }

    private static (ScanPlan Plan, AlignedBuffer Image, ComplexField Field) Scene(int height, int width)
    {
        // A window that leaves the object on every side, so that the plane is larger than it.
        var scan = new ScanPattern([new ScanPosition(-3, -2)]);
        var flat = UniformFrames.At(scan, 48, 48);
        var plan = new ScanPlan(new(flat.Data, scan, flat.Probe, height, width));
        var image = new AlignedBuffer(2 * plan.PlaneLength);
        // Beyond the object is something, too: nothing may be asked there.
        image.Span.Fill(5);
        var random = new Random(3);
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle(), random.NextSingle());
        plan.Load(field, Planes.Of(image, plan.PlaneLength));
        return (plan, image, field);
    }
}
