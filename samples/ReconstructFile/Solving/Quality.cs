namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>How much time the annealed solver may take: its presets.</summary>
internal enum Quality
{
    Fast,
    Default,
    Best,
}
