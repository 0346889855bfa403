namespace Ptycho.Physics.Tests;

/// <summary>
/// Raw measurements that are not shipped: in the folder data of PTYCHO_SHARED, or of ../shared beside the repository.
/// </summary>
public static class SharedData
{
    /// <summary>The path of a raw file; ends the test as skipped if it isn't there.</summary>
    public static string RequireFile(string name)
    {
        var folder = Environment.GetEnvironmentVariable("PTYCHO_SHARED") ?? BesideRepository();
        var path = Path.Combine(folder, "data", name);
        if (!File.Exists(path))
            Assert.Ignore(
                $"The raw data file {path} is not here; set PTYCHO_SHARED to the folder that holds data/{name}."
            );
        return path;
    }

    private static string BesideRepository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "PtychoDiffusion.sln")))
            folder =
                Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No PtychoDiffusion.sln above.");
        return Path.GetFullPath(Path.Combine(folder, "..", "shared"));
    }
}
