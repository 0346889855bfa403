using System.Globalization;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>The methods by name, in the order of the tables.</summary>
internal static class MethodNames
{
    public const string Rpie = "rPIE";
    public const string Awf = "AWF";
    public const string AwfLong = "AWF-1000";
    public const string AwfBest = "AWF-best";
    public const string AwfSmooth = "AWF-smooth";
    public const string UNet = "U-Net";
    public const string Dps = "DPS";
    public const string Fast = "Fast";
    public const string Default = "Default";
    public const string Best = "Best";

    private const char At = '@';

    public static IReadOnlyList<string> All { get; } =
    [Rpie, Awf, AwfLong, AwfBest, AwfSmooth, UNet, Dps, Fast, Default, Best];

    /// <summary>Whether results depend on the prior's file.</summary>
    public static bool UsesPrior(string method) => method is Dps or Fast or Default or Best;

    /// <summary>Whether results depend on a trained U-Net, such as "U-Net" or "U-Net@20".</summary>
    public static bool UsesUNet(string method) => method.StartsWith(UNet, StringComparison.Ordinal);

    /// <summary>The U-Net that was trained at one overlap, wherever it is tested.</summary>
    public static string UNetTrainedAt(int overlap) =>
        string.Create(CultureInfo.InvariantCulture, $"{UNet}{At}{overlap}");

    /// <summary>The overlap that a U-Net was trained at: its own, or that of the scene.</summary>
    public static int TrainingOverlap(string method, int sceneOverlap) =>
        method.IndexOf(At, StringComparison.Ordinal) is > 0 and var at
            ? int.Parse(method.AsSpan(at + 1), CultureInfo.InvariantCulture)
            : sceneOverlap;
}
