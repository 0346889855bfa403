using System.Diagnostics;

namespace Ptycho.Tests.Shared;

/// <summary>A file system of few bytes (tmpfs), for tests of full and read-only disks. Needs root on Linux, else the test is left out.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(long bytes)
    {
        Folder = Directory.CreateTempSubdirectory("ptycho-disk-").FullName;
        if (OperatingSystem.IsLinux() && Mount("-t", "tmpfs", "-o", $"size={Pages(bytes)}", "tmpfs", Folder))
            return;
        Directory.Delete(Folder);
        Assert.Ignore("This process may not mount a small file system.");
    }

    public string Folder { get; }

    public void Grow(long bytes) => Require("-o", $"remount,size={Pages(bytes)}", Folder);

    public void MakeReadOnly() => Require("-o", "remount,ro", Folder);

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static long Pages(long bytes) => (bytes + 4095) / 4096 * 4096;

    private static void Require(params string[] arguments) => Assert.That(Mount(arguments), "mount");

    private static bool Mount(params string[] arguments) => Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var info = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(info)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
