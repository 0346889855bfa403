namespace Ptycho.Samples.Shared.Commands;

/// <summary>Where the repository lies that this program was built in, for the defaults of paths.</summary>
public static class Repository
{
    private const string Landmark = "PtychoDiffusion.sln";

    /// <summary>A path in the repository; in the working directory if the program was moved elsewhere.</summary>
    public static string PathTo(params ReadOnlySpan<string> parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Landmark)))
            folder = folder.Parent;
        var path = Path.Combine([folder?.FullName ?? Environment.CurrentDirectory, .. parts]);
        // Shorter to read where the program was started in the repository, as it mostly is.
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
