using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// λ Σ φ(|∇o|) with forward differences that end at the border of the object, φ(g) = δ²(√(1 + g²/δ²) − 1), or ½g²
/// without an edge δ. In two rounds over blocks of rows: <see cref="Flux"/>, then <see cref="Gradient"/>.
/// </summary>
internal sealed unsafe class EdgePenalty
{
    private readonly ScanPlan _plan;
    private readonly double? _edge;
    private readonly AlignedBuffer _rows;
    private readonly AlignedBuffer _columns;
    private readonly AlignedBuffer _gradient;
    private readonly AlignedBuffer _weights;
    private readonly double[] _energies;

    /// <param name="plan">The scan.</param>
    /// <param name="edge">δ, or null.</param>
    public EdgePenalty(ScanPlan plan, double? edge)
    {
        (_plan, _edge) = (plan, edge);
        _rows = new AlignedBuffer(2 * plan.PlaneLength);
        _columns = new AlignedBuffer(2 * plan.PlaneLength);
        _gradient = new AlignedBuffer(2 * plan.PlaneLength);
        _weights = new AlignedBuffer(plan.PlaneLength);
        _energies = new double[Height];
    }

    /// <summary>The largest curvature over λ.</summary>
    public const double LargestCurvature = 8;

    /// <summary>The gradient, after both rounds.</summary>
    public Planes Result => Planes.Of(_gradient, _plan.PlaneLength);

    private int Height => _plan.Measurement.ObjectHeight;

    private int Width => _plan.Measurement.ObjectWidth;

    /// <summary>λ Σ φ after the first round, the rows added in their order.</summary>
    public double Energy(double lambda)
    {
        var sum = 0.0;
        foreach (var energy in _energies)
            sum += energy;
        return lambda * sum;
    }

    /// <summary>First round: φ'(g)/g·∇o of some rows.</summary>
    public void Flux(Planes image, int firstRow, int endRow)
    {
        for (var row = firstRow; row < endRow; row++)
        {
            var offset = Offset(row);
            var weights = Of(_weights.Pointer, offset);
            weights.Clear();
            for (var plane = 0; plane < 2; plane++)
            {
                var here = Of(plane == 0 ? image.Re : image.Im, offset);
                var down = Of(Part(_rows, plane), offset);
                var right = Of(Part(_columns, plane), offset);
                right[^1] = 0;
                TensorPrimitives.Subtract(here[1..], here[..^1], right[..^1]);
                if (row < Height - 1)
                    TensorPrimitives.Subtract(Of(plane == 0 ? image.Re : image.Im, offset + _plan.Stride), here, down);
                else
                    down.Clear();
                TensorPrimitives.MultiplyAdd(down, down, weights, weights);
                TensorPrimitives.MultiplyAdd(right, right, weights, weights);
            }

            if (_edge is not { } edge)
            {
                _energies[row] = 0.5 * TensorPrimitives.Sum<float>(weights);
                continue;
            }

            // With q = g²/δ²: φ = δ²·q/(1 + √(1 + q)) and φ'/g = 1/√(1 + q).
            TensorPrimitives.Multiply(weights, (float)(1 / (edge * edge)), weights);
            _energies[row] = edge * edge * Value(weights);
            TensorPrimitives.Add(weights, 1, weights);
            TensorPrimitives.ReciprocalSqrt(weights, weights);
            for (var plane = 0; plane < 2; plane++)
            {
                TensorPrimitives.Multiply(Of(Part(_rows, plane), offset), weights, Of(Part(_rows, plane), offset));
                TensorPrimitives.Multiply(
                    Of(Part(_columns, plane), offset),
                    weights,
                    Of(Part(_columns, plane), offset)
                );
            }
        }
    }

    /// <summary>Second round: minus the divergence of the flux, times λ.</summary>
    public void Gradient(double lambda, int firstRow, int endRow)
    {
        for (var row = firstRow; row < endRow; row++)
        for (var plane = 0; plane < 2; plane++)
        {
            var offset = Offset(row);
            var sum = Of(Part(_gradient, plane), offset);
            var right = Of(Part(_columns, plane), offset);
            TensorPrimitives.Add(Of(Part(_rows, plane), offset), right, sum);
            TensorPrimitives.Subtract(sum[1..], right[..^1], sum[1..]);
            if (row > 0)
                TensorPrimitives.Subtract(sum, Of(Part(_rows, plane), offset - _plan.Stride), sum);
            TensorPrimitives.Multiply(sum, (float)-lambda, sum);
        }
    }

    private static double Value(ReadOnlySpan<float> squares)
    {
        var sum = 0.0;
        foreach (var q in squares)
            sum += q / (1 + Math.Sqrt(1 + q));
        return sum;
    }

    private int Offset(int row) => _plan.ObjectStart + row * _plan.Stride;

    private Span<float> Of(float* plane, int offset) => new(plane + offset, Width);

    private float* Part(AlignedBuffer buffer, int plane) => buffer.Pointer + (nint)plane * _plan.PlaneLength;
}
