using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>Numbers in float64 as arrays of a checkpoint and back.</summary>
internal static class SnapshotNumbers
{
    private const double Rounding = 1e-9;

    // Safetensors has no place for nothing.
    internal static void Add(IDictionary<string, NumericArray> arrays, string key, ReadOnlySpan<double> values)
    {
        if (values.Length > 0)
            arrays[key] = NumericArray.Create(values, values.Length);
    }

    /// <exception cref="InvalidDataException">The array is missing, or of another type or length.</exception>
    internal static ReadOnlySpan<double> Read(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        int length
    ) => length == 0 ? [] : MemoryMarshal.Cast<byte, double>(Bytes(arrays, key, ElementType.Float64, length));

    /// <inheritdoc cref="Read"/>
    /// <exception cref="InvalidDataException">Also: a number is not finite.</exception>
    internal static ReadOnlySpan<double> Finite(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        int length
    )
    {
        var values = Read(arrays, key, length);
        foreach (var value in values)
            if (!double.IsFinite(value))
                throw new InvalidDataException($"The checkpoint's '{key}' holds {value}.");
        return values;
    }

    /// <summary>The rows and columns of all positions; a window further out than a solver is made for would be read from other memory.</summary>
    /// <exception cref="InvalidDataException">Also: a position is further from its measured one than is possible.</exception>
    internal static ReadOnlySpan<double> Positions(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        Measurement measurement,
        double largestShift
    )
    {
        var values = Finite(arrays, key, 2 * measurement.Positions.Count);
        RequireNear(values, key, measurement, largestShift);
        return values;
    }

    /// <exception cref="InvalidDataException">A position is further from its measured one than is possible.</exception>
    internal static void RequireNear(
        ReadOnlySpan<double> positions,
        string key,
        Measurement measurement,
        double largestShift
    )
    {
        for (var k = 0; k < measurement.Positions.Count; k++)
        {
            var measured = measurement.Positions[k];
            var (row, column) = (positions[2 * k] - measured.Row, positions[2 * k + 1] - measured.Column);
            if (!(Math.Max(Math.Abs(row), Math.Abs(column)) <= largestShift + Rounding))
                throw new InvalidDataException(
                    $"The checkpoint's '{key}' moves frame {k} by ({row}, {column}) pixels; at most {largestShift} "
                        + "are possible."
                );
        }
    }

    /// <exception cref="InvalidDataException">The array is missing, or of another type or length.</exception>
    internal static ReadOnlySpan<byte> Bytes(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        ElementType type,
        int length
    )
    {
        if (!arrays.TryGetValue(key, out var array))
            throw new InvalidDataException($"The checkpoint has no array '{key}'.");
        if (array.ElementType != type || array.Length != length)
            throw new InvalidDataException($"The checkpoint's '{key}' is {array}, not {type} [{length}].");
        return array.Bytes;
    }
}
