using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The descent direction of the penalty ½λ Σ|z_i − z_j|² over neighbouring pixels of the object, λ·Laplacian(z);
/// nothing is asked across the border of the object.
/// </summary>
internal sealed unsafe class Smoothing(ScanPlan plan)
{
    /// <summary>The largest eigenvalue of the negative Laplacian in two dimensions.</summary>
    public const double LargestEigenvalue = 8;

    private readonly AlignedBuffer _plane = new(2 * plan.PlaneLength);

    public Planes Direction => Planes.Of(_plane, plan.PlaneLength);

    /// <summary>Computes the direction in some rows of the object.</summary>
    public void Compute(Planes image, float lambda, int firstRow, int endRow)
    {
        for (var row = firstRow; row < endRow; row++)
        {
            Row(image.Re, Direction.Re, row, lambda);
            Row(image.Im, Direction.Im, row, lambda);
        }
    }

    private void Row(float* image, float* output, int row, float lambda)
    {
        var width = plan.Measurement.ObjectWidth;
        var offset = plan.ObjectStart + row * plan.Stride;
        var here = new ReadOnlySpan<float>(image + offset, width);
        var sum = new Span<float>(output + offset, width);
        sum.Clear();
        if (row > 0)
            AddDifference(new ReadOnlySpan<float>(image + offset - plan.Stride, width), here, sum);
        if (row < plan.Measurement.ObjectHeight - 1)
            AddDifference(new ReadOnlySpan<float>(image + offset + plan.Stride, width), here, sum);
        AddDifference(here[1..], here[..^1], sum[..^1]);
        AddDifference(here[..^1], here[1..], sum[1..]);
        TensorPrimitives.Multiply(sum, lambda, sum);
    }

    private static void AddDifference(ReadOnlySpan<float> neighbour, ReadOnlySpan<float> here, Span<float> sum)
    {
        TensorPrimitives.Add(sum, neighbour, sum);
        TensorPrimitives.Subtract(sum, here, sum);
    }
}
