using Ptycho.IO.Arrays;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>Tensors as arrays of a checkpoint and back; complex ones with real and imaginary parts on a last axis.</summary>
internal static class SnapshotTensors
{
    internal static NumericArray ToArray(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.is_complex() ? tensor.resolve_conj().contiguous().view_as_real() : tensor;
        var plain = values.cpu().contiguous();
        return NumericArray.FromBytes(ElementType.Float32, plain.bytes, [.. plain.shape.Select(n => (int)n)]);
    }

    /// <summary>A tensor of the shape that is expected, in the caller's dispose scope.</summary>
    /// <exception cref="InvalidDataException">The array is missing, has another type or shape, or is not finite.</exception>
    internal static Tensor Read(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        ReadOnlySpan<long> shape,
        Device device
    )
    {
        var values = ReadAny(arrays, key, shape);
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad >= 0)
            throw new InvalidDataException($"The checkpoint's '{key}' holds {values[bad]} at element {bad}.");
        return tensor(values, shape.ToArray(), device: device);
    }

    /// <summary>The values of an array of the shape that is expected, whatever they are.</summary>
    /// <exception cref="InvalidDataException">The array is missing, or has another type or shape.</exception>
    internal static float[] ReadAny(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        ReadOnlySpan<long> shape
    )
    {
        if (!arrays.TryGetValue(key, out var array))
            throw new InvalidDataException($"The checkpoint has no array '{key}'.");
        if (array.ElementType != ElementType.Float32 || !shape.SequenceEqual([.. array.Shape.Select(n => (long)n)]))
            throw new InvalidDataException(
                $"The checkpoint's '{key}' is {array}, not [{string.Join(", ", shape.ToArray())}]."
            );
        return array.ToSingle();
    }
}
