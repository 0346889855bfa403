using System.Globalization;

namespace Ptycho.Diffusion.Training.Checkpoints;

/// <summary>A folder with the checkpoints of one run, checkpoint-{step}.safetensors, of which the newest few are kept.</summary>
internal sealed class CheckpointFolder
{
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".safetensors";
    private readonly string folder;
    private readonly int keep;

    public CheckpointFolder(string folder, int keep)
    {
        this.folder = folder;
        this.keep = keep;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The checkpoint with the most steps, or null.</summary>
    public string? Newest() => All().LastOrDefault().Path;

    public string PathOf(long step) =>
        Path.Combine(folder, Prefix + step.ToString("D9", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>Deletes all but the newest few.</summary>
    public void Rotate()
    {
        foreach (var (path, _) in All().SkipLast(keep))
            File.Delete(path);
    }

    private IEnumerable<(string Path, long Step)> All() =>
        Directory
            .EnumerateFiles(folder, Prefix + "*" + Suffix)
            .Select(path => (path, Step: StepOf(path)))
            .Where(file => file.Step >= 0)
            .OrderBy(file => file.Step);

    private static long StepOf(string path)
    {
        var name = Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
        return long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;
    }
}
