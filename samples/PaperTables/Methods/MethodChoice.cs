using System.Globalization;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>A method as the command line names it: "Default", or "Best:4" for at most four crops.</summary>
/// <param name="Name">A name of <see cref="MethodNames"/>.</param>
/// <param name="Limit">Crops at most, or null for as many as asked for.</param>
internal sealed record MethodChoice(string Name, int? Limit = null)
{
    /// <summary>Reads "name" or "name:limit".</summary>
    /// <exception cref="FormatException">The name is not known, or the limit is not a number above 0.</exception>
    public static MethodChoice Parse(string text)
    {
        var parts = text.Split(':', 2);
        var name = MethodNames.All.FirstOrDefault(m => string.Equals(m, parts[0], StringComparison.OrdinalIgnoreCase));
        if (name is null)
            throw new FormatException(
                $"There is no method '{parts[0]}'; there are {string.Join(", ", MethodNames.All)}."
            );
        if (parts.Length == 1)
            return new MethodChoice(name);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? new MethodChoice(name, limit)
            : throw new FormatException($"In '{text}' the number of crops must be a whole number above 0.");
    }

    /// <summary>The crops of this method where so many are asked for.</summary>
    public int Crops(int asked) => Math.Min(asked, Limit ?? asked);
}
