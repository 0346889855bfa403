using System.Globalization;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Solvers.PostProcessing;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>Where the trained U-Nets lie.</summary>
internal static class UNetFiles
{
    private const string Pattern = "unet-*.safetensors";

    /// <summary>The file that a method needs in a scene.</summary>
    public static string Path(Settings settings, string method, Scene scene) =>
        Path(settings.UNets, MethodNames.TrainingOverlap(method, scene.Overlap));

    public static string Path(string folder, int overlap) =>
        System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"unet-{overlap}.safetensors"));

    /// <summary>What each network in a folder says of itself, by file name.</summary>
    public static IReadOnlyDictionary<string, UNetPostDescription> Describe(string folder)
    {
        var found = new SortedDictionary<string, UNetPostDescription>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return found;
        foreach (var path in Directory.EnumerateFiles(folder, Pattern))
        {
            using var network = UNetPostProcessor.Load(path);
            found[System.IO.Path.GetFileName(path)] = network.Description;
        }
        return found;
    }
}
