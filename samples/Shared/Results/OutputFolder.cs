namespace Ptycho.Samples.Shared.Results;

/// <summary>A folder for results, in which nothing is overwritten unless the user says so.</summary>
public static class OutputFolder
{
    /// <summary>Makes the folder, where <see cref="Check"/> has nothing against it.</summary>
    /// <inheritdoc cref="Check"/>
    public static void Prepare(
        string folder,
        IReadOnlyCollection<string> names,
        bool force,
        params ReadOnlySpan<string> inputs
    )
    {
        Check(folder, names, force, inputs);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Refuses before any work if a file that will be written is there already.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">Names of the files that will be written.</param>
    /// <param name="force">Whether they may be replaced.</param>
    /// <param name="inputs">Files that are read, which no force may replace.</param>
    /// <exception cref="IOException">Something is in the way; it is named.</exception>
    public static void Check(
        string folder,
        IReadOnlyCollection<string> names,
        bool force,
        params ReadOnlySpan<string> inputs
    )
    {
        ArgumentNullException.ThrowIfNull(names);
        if (File.Exists(folder))
            throw new IOException($"'{folder}' is a file; --out must name a folder.");
        foreach (var name in names)
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            foreach (var input in inputs)
                if (string.Equals(Path.GetFullPath(input), path, StringComparison.Ordinal))
                    throw new IOException(
                        $"'{input}' is read, and would be overwritten by a result; choose another --out."
                    );
            if (!force && File.Exists(path))
                throw new IOException(
                    $"'{Path.Combine(folder, name)}' exists; --force replaces it, or choose another folder with --out."
                );
        }
    }
}
