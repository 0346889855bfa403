using Ptycho.Physics.Files;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>The library's words for what a user of the command line can say, in the words of the command line.</summary>
internal static class OptionWords
{
    private static readonly (string Library, string CommandLine)[] Words =
    [
        ("ImportOptions.Geometry", "--energy-kev, --distance and --detector-pixel"),
        (
            "mask bad pixels out, or drop bad frames (RawMeasurement.Clean)",
            "--mask-invalid, --mask-above and --clip-negative help"
        ),
        ("Drop it (RawMeasurement.Clean with CleaningOptions.Saturation).", "Leave it out, or say --mask-above."),
        ("set FrameCount or Crop", "use --frames or --crop"),
        ("set FrameCount", "use --frames"),
        (nameof(ImportOptions.BadPixels), "The pixels of --mask"),
        ("crop or pad one of them", "give a probe of the frames' shape, or of the uncropped frames'"),
    ];

    /// <summary>Reads something; errors about content speak of options.</summary>
    /// <exception cref="InvalidDataException">The content is wrong.</exception>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e) when (Of(e.Message) is var text && text != e.Message)
        {
            throw new InvalidDataException(text, e);
        }
    }

    private static string Of(string message) =>
        Words.Aggregate(
            message
                .Replace(" (Parameter 'values')", "", StringComparison.Ordinal)
                .Replace(" (Parameter 'probe')", "", StringComparison.Ordinal),
            (text, word) => text.Replace(word.Library, word.CommandLine, StringComparison.Ordinal)
        );
}
