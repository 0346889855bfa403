namespace Ptycho.Physics.Measurements;

/// <summary>Which numbers no detector measures.</summary>
internal static class BadValues
{
    /// <summary>2³²−1 as float32 has it: how 32-bit detector files mark a bad pixel.</summary>
    public const float Mark = 4294967296f;

    /// <summary>Above this, squares and sums in float32 may overflow.</summary>
    public const float LargestIntensity = 1e30f;

    /// <summary>What is wrong with a value, or null.</summary>
    public static string? Problem(float value, DiffractionUnit unit) =>
        float.IsNaN(value) ? "NaN"
        : !float.IsFinite(value) || value < 0 ? FormattableString.Invariant($"{value}")
        : value == Mark && unit != DiffractionUnit.Amplitude ? "2³²−1, the mark of a bad pixel"
        : value > (unit == DiffractionUnit.Amplitude ? 1e15f : LargestIntensity)
            ? FormattableString.Invariant($"{value}, too large for float32 arithmetic")
        : null;

    /// <summary>Whether a value is 2ᵏ−1 with k from 8 to 24, the largest that a counter of k bits holds.</summary>
    public static bool IsFull(float value) =>
        value is >= 255 and < 1 << 24 && (int)value == value && System.Numerics.BitOperations.IsPow2((int)value + 1);
}
