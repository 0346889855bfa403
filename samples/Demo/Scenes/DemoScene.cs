using Ptycho.IO;
using Ptycho.Physics.Measurements;

namespace Ptycho.Samples.Demo.Scenes;

/// <summary>One measurement with its true object.</summary>
/// <param name="Overlap">Nominal overlap of neighbouring windows, percent.</param>
/// <param name="Crop">Number of the object, from 1; the same object at every overlap.</param>
/// <param name="Measurement">What was measured.</param>
/// <param name="Truth">What it was simulated from.</param>
internal sealed record DemoScene(int Overlap, int Crop, Measurement Measurement, ComplexField Truth)
{
    /// <summary>The scene's name, also that of its files.</summary>
    public string Name => $"overlap-{Overlap}-crop-{Crop}";
}
