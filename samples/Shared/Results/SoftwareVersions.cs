using static TorchSharp.torch;

namespace Ptycho.Samples.Shared.Results;

/// <summary>Versions for a report.</summary>
public static class SoftwareVersions
{
    /// <summary>libtorch's version; asking loads it, so only where it was used.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Torch => [KeyValuePair.Create("libtorch", __version__)];
}
