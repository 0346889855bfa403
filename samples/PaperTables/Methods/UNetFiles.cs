using System.Globalization;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>Where the trained U-Nets lie.</summary>
internal static class UNetFiles
{
    /// <summary>The file that a method needs in a scene.</summary>
    public static string Path(Settings settings, string method, Scene scene) =>
        Path(settings.UNets, MethodNames.TrainingOverlap(method, scene.Overlap));

    public static string Path(string folder, int overlap) =>
        System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"unet-{overlap}.safetensors"));
}
