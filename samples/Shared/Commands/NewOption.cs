using System.CommandLine;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>Options with a description and a default, in one line.</summary>
public static class NewOption
{
    public static Option<T> Of<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
