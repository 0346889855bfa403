using System.Collections;
using System.Globalization;
using System.Reflection;
using Ptycho.IO;

namespace Ptycho.Solvers.Reports;

/// <summary>Options as text, for a report.</summary>
public static class OptionList
{
    /// <summary>
    /// The public properties of an options record, those of records in it as "Stop.Iterations"; what is not given is "none".
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. Flatten("", options)];
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string prefix, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            var (name, value) = (prefix + property.Name, property.GetValue(options));
            if (value is not null && IsRecord(value.GetType()))
                foreach (var inner in Flatten(name + ".", value))
                    yield return inner;
            else
                yield return KeyValuePair.Create(name, Text(value));
        }
    }

    // Records in options are options, too; other classes are data.
    private static bool IsRecord(Type type) => type.IsClass && type.GetMethod("<Clone>$") is not null;

    private static string Text(object? value) =>
        value switch
        {
            null => "none",
            bool flag => flag ? "yes" : "no",
            string text => text,
            ComplexField field => $"given, {field.Height}×{field.Width}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Text)),
            _ => value.ToString() ?? "",
        };
}
