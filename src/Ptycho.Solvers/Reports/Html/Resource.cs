using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Ptycho.Solvers.Reports.Html;

/// <summary>A style sheet or script that goes into the page, with the hash by which the page allows it alone.</summary>
internal sealed record Resource(string Text, string Hash)
{
    public static Resource Style { get; } = Load("report.css");

    public static Resource Script { get; } = Load("report.js");

    private static Resource Load(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"Ptycho.Solvers.Reports.Resources.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return new Resource(text, "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
