using System.Diagnostics;

namespace Ptycho.Samples.Tests.Browser;

/// <summary>A Chromium without a window, that is spoken to by its debugging protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _profile;

    private Chromium(Process process, string profile, DevTools tools) =>
        (_process, _profile, Tools) = (process, profile, tools);

    public DevTools Tools { get; }

    /// <summary>The program, from PTYCHO_CHROMIUM or the path; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PTYCHO_CHROMIUM") is { Length: > 0 } given)
            return given;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    public static async Task<Chromium> Start(string program)
    {
        var profile = Directory.CreateTempSubdirectory("ptycho-browser-").FullName;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless=new",
                // Root, as in most containers, has no sandbox; the pages are our own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile}",
                "about:blank",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var address = await Address(process);
        // Nobody reads on, and a full pipe would stop it.
        _ = process.StandardError.ReadToEndAsync();
        return new Chromium(process, profile, await DevTools.Connect(address));
    }

    public async ValueTask DisposeAsync()
    {
        Tools.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still be writing; it is a temporary folder.
        }
    }

    private static async Task<Uri> Address(Process process)
    {
        const string Sign = "DevTools listening on ";
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith(Sign, StringComparison.Ordinal))
                return new Uri(line[Sign.Length..].Trim());
        throw new InvalidOperationException("Chromium ended before it could be spoken to.");
    }
}
