namespace Ptycho.Diffusion.Data;

/// <summary>A closed range of channel values.</summary>
public readonly record struct ChannelRange
{
    /// <summary>The range from the lowest to the highest value.</summary>
    /// <exception cref="ArgumentException">The lowest value is not below the highest.</exception>
    public ChannelRange(float lowest, float highest)
    {
        if (!(lowest < highest))
            throw new ArgumentException(
                $"The lowest value, {lowest}, must be below the highest, {highest}.",
                nameof(lowest)
            );
        Lowest = lowest;
        Highest = highest;
    }

    /// <summary>The lowest value.</summary>
    public float Lowest { get; }

    /// <summary>The highest value.</summary>
    public float Highest { get; }

    /// <summary>The value in the range that is nearest to <paramref name="value"/>.</summary>
    public float Clip(float value) => Math.Clamp(value, Lowest, Highest);
}
