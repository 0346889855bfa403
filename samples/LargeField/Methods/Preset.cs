using Ptycho.Solvers.Annealing;

namespace Ptycho.Samples.LargeField.Methods;

/// <summary>The presets of the annealed solver that the command line knows.</summary>
internal enum Preset
{
    Fast,
    Default,
    Best,
}

internal static class Presets
{
    public static AnnealedOptions Options(this Preset preset) =>
        preset switch
        {
            Preset.Fast => AnnealedOptions.Fast,
            Preset.Best => AnnealedOptions.Best,
            _ => AnnealedOptions.Default,
        };
}
