using Ptycho.Solvers.Checkpoints;

namespace Ptycho.Samples.LargeField.Methods;

/// <summary>
/// The files in which a run's solvers write down where they stand, beside its results: what is finished gives its result at
/// once, what was stopped goes on to the same bits.
/// </summary>
internal sealed class FieldCheckpoints(string folder)
{
    private readonly List<string> _paths = [];

    /// <summary>The file of one solver.</summary>
    /// <param name="name">Another one for each.</param>
    /// <param name="every">Iterations or levels between two writes.</param>
    public CheckpointOptions Of(string name, int every)
    {
        var path = Path.Combine(folder, $"{name}.checkpoint.safetensors");
        _paths.Add(path);
        return new CheckpointOptions { Path = path, Every = every };
    }

    /// <summary>Whether anything is kept.</summary>
    public bool Any => _paths.Exists(File.Exists);

    /// <summary>Removes the files; for when the results are written.</summary>
    public void Delete() => _paths.ForEach(File.Delete);
}
