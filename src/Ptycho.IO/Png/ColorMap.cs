using Ptycho.IO.Png.Colors;

namespace Ptycho.IO.Png;

/// <summary>Colours for the numbers from 0 to 1, in 256 steps. Immutable.</summary>
public sealed class ColorMap
{
    private const int Size = 256;

    private readonly Rgb[] _table;

    private ColorMap(string name, bool isCyclic, Rgb[] table)
    {
        Name = name;
        IsCyclic = isCyclic;
        _table = table;
    }

    /// <summary>Black to white.</summary>
    public static ColorMap Gray { get; } = FromStops("gray", [Rgb.Black, Rgb.White]);

    /// <summary>Viridis: dark violet over green to yellow, perceptually uniform, also for colour-blind readers.</summary>
    public static ColorMap Viridis { get; } =
        FromStops("viridis", [.. ViridisTable.Stops.ToArray().Select(Rgb.FromHex)]);

    /// <summary>
    /// A phase from −π (at 0) to π (at 1): magenta, blue at −π/2, green at 0, yellow at π/2, magenta again. Equal steps of
    /// phase are equal steps in Oklab, also across ±π; lightness rises from −π/2 to π/2.
    /// </summary>
    public static ColorMap CyclicPhase { get; } = new("cyclic phase", isCyclic: true, CyclicPalette.Create(Size));

    /// <summary>The map's name.</summary>
    public string Name { get; }

    /// <summary>Whether 0 and 1 are the same colour and other numbers are taken modulo 1.</summary>
    public bool IsCyclic { get; }

    /// <summary>The colour of what is not a number: none of the maps here contains it.</summary>
    public static Rgb Missing => new(255, 0, 160);

    /// <summary>A map from colours at equal distances from 0 to 1, interpolated linearly in sRGB.</summary>
    /// <exception cref="ArgumentException">There are fewer than two colours.</exception>
    public static ColorMap FromStops(string name, params ReadOnlySpan<Rgb> stops)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (stops.Length < 2)
            throw new ArgumentException("A colour map needs at least two colours.", nameof(stops));
        var table = new Rgb[Size];
        for (var i = 0; i < Size; i++)
        {
            var position = i * (stops.Length - 1) / (Size - 1.0);
            var k = Math.Min((int)position, stops.Length - 2);
            table[i] = Mix(stops[k], stops[k + 1], position - k);
        }
        return new ColorMap(name, isCyclic: false, table);
    }

    /// <summary>The colour of a number. Outside 0…1 it is that of the nearer end, or of the number modulo 1 in a cyclic
    /// map; NaN gives <see cref="Missing"/>, and so does an infinity in a cyclic map.</summary>
    public Rgb Map(double value)
    {
        if (IsCyclic)
            value -= Math.Floor(value);
        if (double.IsNaN(value))
            return Missing;
        // A cyclic table ends one step before its start comes again.
        return IsCyclic
            ? _table[(int)Math.Round(value * Size) % Size]
            : _table[(int)Math.Round(Math.Clamp(value, 0, 1) * (Size - 1))];
    }

    private static Rgb Mix(Rgb a, Rgb b, double part) =>
        new(Mix(a.R, b.R, part), Mix(a.G, b.G, part), Mix(a.B, b.B, part));

    private static byte Mix(byte a, byte b, double part) => (byte)Math.Round(a + part * (b - a));
}
