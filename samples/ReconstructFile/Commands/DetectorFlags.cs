using System.CommandLine;
using Ptycho.Physics.Files;
using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Options about pixels of the detector: which are bad, and how many become one.</summary>
internal sealed class DetectorFlags
{
    private readonly Option<int?> _crop = NewOption.Of<int?>(
        "--crop",
        "Pixels on a side that are cut out of each frame around the zero frequency.",
        null
    );
    private readonly Option<int> _bin = NewOption.Of(
        "--bin",
        "Pixels on a side that are summed to one, after the crop; the window on the object becomes smaller.",
        1
    );
    private readonly Option<string?> _mask = NewOption.Of<string?>(
        "--mask",
        "Bad pixels, besides the file's own: .npy, .npz (mask) or .tif, [h, w] as the frames are stored; nonzero is bad.",
        null
    );
    private readonly Option<bool> _good = NewOption.Of(
        "--mask-nonzero-is-good",
        "In --mask nonzero is a good pixel.",
        false
    );
    private readonly Option<double?> _above = NewOption.Of<double?>(
        "--mask-above",
        "Mask pixels that reach this stored value in some frame: saturated ones, or 65535 as a mark.",
        null
    );
    private readonly Option<bool> _invalid = NewOption.Of(
        "--mask-invalid",
        "Mask pixels that are negative or not finite in some frame, instead of refusing the file.",
        false
    );
    private readonly Option<bool> _clip = NewOption.Of(
        "--clip-negative",
        "Set negative values to 0, which a subtracted background leaves; pixels that are always negative are masked.",
        false
    );

    public DetectorFlags()
    {
        OptionChecks.RequireBetween(_crop, 1, 65536);
        OptionChecks.RequireBetween(_bin, 1, 64);
        OptionChecks.RequirePositive(_above);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_crop, _bin, _mask, _good, _above, _invalid, _clip])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_good) && result.GetValue(_mask) is null)
                result.AddError("--mask-nonzero-is-good says how --mask is to be read; give both.");
        });
    }

    /// <summary>The file of bad pixels, or null.</summary>
    public string? MaskPath(ParseResult arguments) => arguments.GetValue(_mask);

    /// <summary>Options with what was said here; the mask's file is read.</summary>
    public ImportOptions Add(ImportOptions options, ParseResult arguments) =>
        options with
        {
            Crop = arguments.GetValue(_crop) is { } side ? (side, side) : null,
            Binning = arguments.GetValue(_bin),
            BadPixels = MaskPath(arguments) is { } file ? MaskFile.Read(file, arguments.GetValue(_good)) : null,
            MaskAbove = arguments.GetValue(_above),
            MaskInvalid = arguments.GetValue(_invalid),
            ClipNegative = arguments.GetValue(_clip),
        };
}
