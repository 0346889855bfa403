using System.Globalization;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>One reconstruction to be made: it belongs to no experiment, so that experiments share it.</summary>
/// <param name="Scene">The conditions.</param>
/// <param name="Method">The method, a name of MethodNames.</param>
/// <param name="Crop">The test crop, from 1.</param>
internal sealed record Cell(Scene Scene, string Method, int Crop)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Scene.Name}-{Method}-crop-{Crop}");
}
