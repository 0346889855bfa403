using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>
/// How a frame's amplitudes change with the phases of a basis: ∂|Ψ|/∂c_k = Re⟨Ψ/|Ψ|, F iφ_k ψ⟩ over all modes, ψ the exit
/// wave, as <see cref="ScanPlan"/> lays out a frame. Everything is multiplied by the root of the mask's weight.
/// </summary>
internal sealed unsafe class FarFieldChange
{
    // Less than any light, and its reciprocal root is finite.
    private const float Dark = 1e-30f;
    private readonly ScanPlan _plan;
    private readonly ProbeState _probe;
    private readonly Fft2D _fft;
    private readonly AlignedBuffer _farField;
    private readonly AlignedBuffer _turned;
    private readonly float[] _inverse;
    private readonly float[] _error;
    private readonly float[] _product;
    private readonly float[] _columns;
    private readonly float[]? _rootWeights;
    private AlignedBuffer? _waves;
    private float _frameRoot;

    internal FarFieldChange(ScanPlan plan, ProbeState probe)
    {
        (_plan, _probe, _fft) = (plan, probe, plan.Fft.Fork());
        _farField = new AlignedBuffer(probe.BufferLength);
        _turned = new AlignedBuffer(2 * plan.PaddedSize);
        (_inverse, _error, _product) = (new float[plan.Size], new float[plan.Size], new float[plan.Size]);
        _columns = new float[plan.Width];
        if (plan.Weights == null)
            return;
        _rootWeights = new float[plan.Size];
        TensorPrimitives.Sqrt(new ReadOnlySpan<float>(plan.Weights, plan.Size), _rootWeights);
    }

    /// <summary>Takes up a frame.</summary>
    /// <param name="waves">Its exit waves, which stay as they are until the next frame.</param>
    /// <param name="intensities">a², [w, h], in the plan's scale.</param>
    /// <param name="frameWeight">The frame's weight.</param>
    /// <returns>√w (|Ψ| − a), valid until the next frame.</returns>
    internal ReadOnlySpan<float> Begin(AlignedBuffer waves, float* intensities, float frameWeight)
    {
        (_waves, _frameRoot) = (waves, MathF.Sqrt(frameWeight));
        Span<float> intensity = _product;
        intensity.Clear();
        for (var m = 0; m < _probe.Modes; m++)
        {
            var field = _probe.Mode(_farField, m);
            _fft.ForwardTransposed(_probe.Mode(waves, m), field);
            TensorPrimitives.MultiplyAdd(Plane(field.Re), Plane(field.Re), intensity, intensity);
            TensorPrimitives.MultiplyAdd(Plane(field.Im), Plane(field.Im), intensity, intensity);
        }
        TensorPrimitives.Add(intensity, Dark, _inverse);
        TensorPrimitives.ReciprocalSqrt<float>(_inverse, _inverse);
        TensorPrimitives.Multiply(intensity, _inverse, _error);
        TensorPrimitives.Sqrt(Plane(intensities), _product);
        TensorPrimitives.MultiplyAdd(_product, -_plan.Scale.Restore, _error, _error);
        Weigh(_error);
        return _error;
    }

    /// <summary>√w ∂|Ψ|/∂c_k of the frame, [w, h].</summary>
    internal void Along(PhaseBasis basis, int index, (int Row, int Column) corner, Span<float> change)
    {
        change.Clear();
        var turned = Planes.Of(_turned, _plan.PaddedSize);
        for (var m = 0; m < _probe.Modes; m++)
        {
            var field = _probe.Mode(_farField, m);
            Multiply(basis, index, corner, _probe.Mode(_waves!, m), turned);
            _fft.ForwardTransposed(turned, turned);
            // Re(Ψ̄ · iW) = Ψ″W′ − Ψ′W″.
            TensorPrimitives.MultiplyAdd(Plane(field.Im), Plane(turned.Re), change, change);
            TensorPrimitives.Multiply(Plane(field.Re), Plane(turned.Im), _product);
            TensorPrimitives.Subtract(change, _product, change);
        }
        TensorPrimitives.Multiply(change, _inverse, change);
        Weigh(change);
    }

    /// <summary>φ_k ψ; beyond the object, where ψ is 0, φ_k is what it is at the border.</summary>
    private void Multiply(PhaseBasis basis, int index, (int Row, int Column) corner, Planes wave, Planes turned)
    {
        var rows = basis.Rows(index);
        var columns = basis.Columns(index);
        for (var x = 0; x < _columns.Length; x++)
            _columns[x] = columns[Math.Clamp(corner.Column + x, 0, columns.Length - 1)];
        for (var y = 0; y < _plan.Height; y++)
        {
            var (at, factor) = (y * _plan.Width, rows[Math.Clamp(corner.Row + y, 0, rows.Length - 1)]);
            Scale(wave.Re + at, factor, turned.Re + at);
            Scale(wave.Im + at, factor, turned.Im + at);
        }
    }

    private void Scale(float* source, float factor, float* target)
    {
        var row = new Span<float>(target, _columns.Length);
        TensorPrimitives.Multiply(new ReadOnlySpan<float>(source, _columns.Length), _columns, row);
        TensorPrimitives.Multiply(row, factor, row);
    }

    private void Weigh(Span<float> values)
    {
        if (_rootWeights is not null)
            TensorPrimitives.Multiply(values, _rootWeights, values);
        if (_frameRoot != 1)
            TensorPrimitives.Multiply(values, _frameRoot, values);
    }

    private ReadOnlySpan<float> Plane(float* values) => new(values, _plan.Size);
}
