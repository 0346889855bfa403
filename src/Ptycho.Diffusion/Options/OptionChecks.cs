using System.Collections.Immutable;

namespace Ptycho.Diffusion.Options;

/// <summary>Checks of option values; each names the property and what it may be.</summary>
internal static class OptionChecks
{
    public static int AtLeast(int least, int value, string name) =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    public static long AtLeast(long least, long value, string name) =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    public static double AtLeast(double least, double value, string name) =>
        value >= least && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and at least {least}.");

    public static int Between(int least, int most, int value, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least}…{most}.");

    public static T NotNull<T>(T? value, string name)
        where T : class => value ?? throw new ArgumentNullException(name, $"{name} must not be null.");

    public static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and not negative.");

    public static double Finite(double value, string name) =>
        double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number.");

    public static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be positive and finite.");

    public static double Share(double value, string name) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [0, 1].");

    public static double Fraction(double value, string name) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [0, 1).");

    public static ImmutableArray<T> Each<T>(
        ImmutableArray<T> values,
        Func<T, bool> allowed,
        string what,
        string name
    ) =>
        values.IsDefaultOrEmpty
            ? throw new ArgumentException($"{name} must hold at least one number.", name)
            : EachOrNone(values, allowed, what, name);

    public static ImmutableArray<double> Multipliers(ImmutableArray<double> values, string name) =>
        !values.IsDefault && values.Length > 16
            ? throw new ArgumentException(
                $"{name} has {values.Length} numbers; a network has at most 16 resolutions.",
                name
            )
            : Each(values, factor => factor is > 0 and <= 1024, "above 0 and at most 1024", name);

    public static ImmutableArray<T> EachOrNone<T>(
        ImmutableArray<T> values,
        Func<T, bool> allowed,
        string what,
        string name
    )
    {
        if (values.IsDefault)
            throw new ArgumentException($"{name} must be an array; an empty one means none.", name);
        foreach (var value in values)
            if (!allowed(value))
                throw new ArgumentOutOfRangeException(name, value, $"Each number of {name} must be {what}.");
        return values;
    }
}
