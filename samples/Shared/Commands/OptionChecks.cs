using System.CommandLine;
using System.Globalization;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>Rules of options beyond their types. What isn't a number at all is left to the parser's own message.</summary>
public static class OptionChecks
{
    public const int MaximumCrops = 9999;

    /// <summary>Every number given must be in a range.</summary>
    public static void RequireBetween(Option option, int least, int most) =>
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (
                    long.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
                    && (value < least || value > most)
                )
                    result.AddError($"{option.Name} must be {least} to {most}, not {value}.");
        });

    /// <summary>A number given must be finite and above 0.</summary>
    public static void RequirePositive(Option option) =>
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (
                    double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && !(value > 0 && double.IsFinite(value))
                )
                    result.AddError($"{option.Name} must be a finite number above 0, not {token.Value}.");
        });

    /// <summary>Two options that must not be given together.</summary>
    public static void Exclude(Option option, Option other) =>
        option.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetResult(other) is { Implicit: false })
                result.AddError($"{option.Name} and {other.Name} exclude each other; give one of them.");
        });
}
