using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>
/// A hash of everything that a result depends on but its cell: the test object, the seed of crops, the method's options,
/// and the prior's or the U-Net's file and arithmetic where the method uses it. A result whose fingerprint differs is not
/// of this set-up and is computed anew.
/// </summary>
internal sealed class Fingerprints(Settings settings, MethodOptions options)
{
    private readonly ConcurrentDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Method, int Overlap), string> _known = new();

    /// <summary>SHA-256 of the prior's file, hexadecimal.</summary>
    public string PriorHash => FileHash(settings.Prior);

    /// <summary>The fingerprint of a cell, 16 hexadecimal digits.</summary>
    /// <exception cref="IOException">A file that the method needs is not there.</exception>
    public string Of(Cell cell) =>
        _known.GetOrAdd((cell.Method, cell.Scene.Overlap), key => Compute(key.Method, cell.Scene));

    /// <summary>Whether all files that a method needs are there.</summary>
    public bool IsPossible(string method, Scene scene) =>
        (!MethodNames.UsesPrior(method) || File.Exists(settings.Prior))
        && (!MethodNames.UsesUNet(method) || File.Exists(UNetFiles.Path(settings, method, scene)));

    private string Compute(string method, Scene scene)
    {
        var text = new StringBuilder()
            .Append(FileHash(Path.Combine(settings.Objects, "aberration.npz")))
            .Append('|')
            .Append(settings.CropSeed)
            .Append('|')
            .Append(options.Describe(method).GetRawText());
        if (MethodNames.UsesPrior(method))
            text.Append('|').Append(PriorHash).Append('|').Append(settings.Precision);
        if (MethodNames.UsesUNet(method))
            text.Append('|').Append(FileHash(UNetFiles.Path(settings, method, scene)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private string FileHash(string path) =>
        _files.GetOrAdd(
            path,
            static file =>
            {
                using var stream = File.OpenRead(file);
                return Convert.ToHexStringLower(SHA256.HashData(stream));
            }
        );
}
