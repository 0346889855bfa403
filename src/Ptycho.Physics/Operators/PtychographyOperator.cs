using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// Far-field ptychography, ψ_km = F(P_km · D_k f), with the orthonormal Fourier transform; the object is 0 outside its
/// frame. At fractional positions the probe is shifted by the Fourier shift theorem, so that AᴴA stays diagonal.
/// Not for two threads at once.
/// </summary>
public sealed class PtychographyOperator : IForwardOperator, INormalDiagonal, IDisposable
{
    private static readonly long[] s_frame = [-2, -1];
    private readonly WindowMap _windows;
    private readonly Tensor _probe;
    private readonly Tensor _conjugate;

    /// <summary>The operator of a measurement's probe, positions and object frame.</summary>
    public PtychographyOperator(Measurement measurement, Device? device = null)
        : this(
            (measurement ?? throw new ArgumentNullException(nameof(measurement))).Probe,
            measurement.Positions,
            measurement.ObjectHeight,
            measurement.ObjectWidth,
            device
        ) { }

    /// <summary>An operator from its parts.</summary>
    /// <param name="probe">M modes of h×w; copied.</param>
    /// <param name="positions">K window corners (y, x) in pixels; each window must touch the object.</param>
    /// <param name="objectHeight">H.</param>
    /// <param name="objectWidth">W.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    /// <exception cref="ArgumentException">A window lies entirely outside the object (its frame is named).</exception>
    public PtychographyOperator(
        Probe probe,
        ScanPattern positions,
        int objectHeight,
        int objectWidth,
        Device? device = null
    )
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, 1);
        WindowCheck.RequireInside(positions, probe.Height, probe.Width, objectHeight, objectWidth);
        ObjectShape = (objectHeight, objectWidth);
        FarFieldShape = (positions.Count, probe.ModeCount, probe.Height, probe.Width);
        _windows = new WindowMap(positions, probe.Height, probe.Width, objectHeight, objectWidth, device ?? CPU);

        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var modes = FieldTensors.ToTensor([.. probe.Modes], device);
        _probe = (positions.IsWhole ? modes : Shifted(modes, positions)).DetachFromDisposeScope();
        _conjugate = _probe.conj_physical().DetachFromDisposeScope();
        var light = _probe.abs().square();
        // One probe for all frames, [M, h, w], or one for each, [K, M, h, w].
        var intensity = light.sum(light.ndim == 3 ? 0 : 1).expand(positions.Count, probe.Height, probe.Width);
        var placed = _windows.Place(complex(intensity, zeros_like(intensity)).unsqueeze(0));
        NormalDiagonal = placed.real.squeeze(0).clone().DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public (long Height, long Width) ObjectShape { get; }

    /// <inheritdoc />
    public (long Frames, long Modes, long Height, long Width) FarFieldShape { get; }

    /// <inheritdoc />
    public Tensor NormalDiagonal { get; }

    /// <inheritdoc />
    public Tensor Forward(Tensor obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        Require(obj, "object", 3, [ObjectShape.Height, ObjectShape.Width]);
        using var scope = NewDisposeScope();
        return fft.fft2(_windows.Cut(obj).unsqueeze(2) * _probe, norm: TorchSharp.FFTNormType.Ortho)
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Adjoint(Tensor farField)
    {
        ArgumentNullException.ThrowIfNull(farField);
        var (frames, modes, height, width) = FarFieldShape;
        Require(farField, "far field", 5, [frames, modes, height, width]);
        using var scope = NewDisposeScope();
        var exit = fft.ifft2(farField, norm: TorchSharp.FFTNormType.Ortho) * _conjugate;
        return _windows.Place(modes == 1 ? exit.squeeze(2) : exit.sum(2)).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the operator's tensors.</summary>
    public void Dispose()
    {
        _windows.Dispose();
        _probe.Dispose();
        _conjugate.Dispose();
        NormalDiagonal.Dispose();
    }

    /// <summary>[M, h, w] moved by each position's fraction of a pixel: [K, M, h, w].</summary>
    private static Tensor Shifted(Tensor modes, ScanPattern positions)
    {
        var count = positions.Count;
        var rows = tensor(positions.Select(p => p.Fraction.Row).ToArray(), device: modes.device)
            .reshape(count, 1, 1, 1);
        var columns = tensor(positions.Select(p => p.Fraction.Column).ToArray(), device: modes.device)
            .reshape(count, 1, 1, 1);
        var fy = fft.fftfreq(modes.shape[1], dtype: float64, device: modes.device).reshape(1, 1, -1, 1);
        var fx = fft.fftfreq(modes.shape[2], dtype: float64, device: modes.device).reshape(1, 1, 1, -1);
        var angle = (rows * fy + columns * fx) * (-2 * Math.PI);
        var turn = polar(ones_like(angle), angle);
        return fft.ifft2(fft.fft2(modes.to(complex128), dim: s_frame) * turn, dim: s_frame).to(complex64);
    }

    private static void Require(Tensor t, string what, int rank, long[] tail)
    {
        var shape = t.shape;
        if (t.dtype == complex64 && shape.Length == rank && shape.AsSpan(1).SequenceEqual(tail))
            return;
        throw new ArgumentException(
            $"The {what} must be complex64 [B, {string.Join(", ", tail)}], not {t.dtype} [{string.Join(", ", shape)}].",
            nameof(t)
        );
    }
}
