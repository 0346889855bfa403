namespace Ptycho.Physics.Validation;

/// <summary>Checks of option values; each returns the value or throws an error that names the option and the rule.</summary>
internal static class Require
{
    public static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw Error(value, name, "a finite number");

    public static double Positive(double value, string name) =>
        double.IsFinite(value) && value > 0 ? value : throw Error(value, name, "a finite number above 0");

    public static double NotNegative(double value, string name) =>
        double.IsFinite(value) && value >= 0 ? value : throw Error(value, name, "a finite number of at least 0");

    public static double AtLeast(double value, double least, string name) =>
        double.IsFinite(value) && value >= least
            ? value
            : throw Error(value, name, FormattableString.Invariant($"a finite number of at least {least}"));

    public static double Between(double value, double least, double most, string name) =>
        value >= least && value <= most
            ? value
            : throw Error(value, name, FormattableString.Invariant($"between {least} and {most}"));

    public static int AtLeast(int value, int least, string name) =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    public static T Defined<T>(T value, string name)
        where T : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}."
            );

    public static T NotNull<T>(T? value, string name)
        where T : class => value ?? throw new ArgumentNullException(name, $"{name} must not be null.");

    private static ArgumentOutOfRangeException Error(double value, string name, string rule) =>
        new(name, value, $"{name} must be {rule}.");
}
