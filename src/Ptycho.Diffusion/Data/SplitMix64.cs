namespace Ptycho.Diffusion.Data;

/// <summary>
/// The SplitMix64 generator (Steele, Lea and Flood, OOPSLA 2014): a whole stream from one 64-bit key, cheap enough to be
/// made anew for every crop and every step, so that a draw is a function of its index and never of what ran before.
/// </summary>
internal struct SplitMix64
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private ulong state;

    private SplitMix64(ulong state) => this.state = state;

    /// <summary>The stream of (seed, purpose, index); different triples give unrelated streams.</summary>
    public static SplitMix64 For(ulong seed, ulong purpose, ulong index) => new(Key(seed, purpose, index));

    /// <summary>A 64-bit hash of (seed, purpose, index), for generators that are seeded by one number.</summary>
    public static ulong Key(ulong seed, ulong purpose, ulong index) =>
        Mix(Mix(Mix(seed + Increment) ^ (purpose + Increment)) ^ (index + Increment));

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64() => Mix(state += Increment);

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
