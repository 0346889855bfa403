using System.CommandLine;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Options for what a file does not say: probe, positions, axes, units, parts.</summary>
internal sealed class InputFlags
{
    private readonly GeometryFlags _geometry = new();
    private readonly Option<string?> _probe = NewOption.Of<string?>(
        "--probe",
        "The probe, instead of the measurement's: .npz, .npy, .ptyr, or a ptychodus product (.h5).",
        null
    );
    private readonly Option<bool> _estimate = Flag(
        "--estimate-probe",
        "No probe is known: find one from the frames, and refine it."
    );
    private readonly Option<string?> _positions = NewOption.Of<string?>(
        "--positions",
        "The positions of a .tif or .npy stack: .csv, .txt, .npy or .npz with a row and a column for each frame, or a .ptyr "
            + "or ptychodus product.",
        null
    );
    private readonly Option<PositionUnit> _positionUnit = NewOption.Of(
        "--positions-unit",
        "Pixels: of each window's first pixel. Metres (y, x) need --energy-kev, --distance and --detector-pixel.",
        PositionUnit.Pixels
    );
    private readonly Option<int[]> _zero = NewOption.Of<int[]>(
        "--zero-frequency",
        "Row and column of the zero frequency in a stored frame, such as 128 128; as its format has it by default.",
        []
    );
    private readonly Option<int> _first = NewOption.Of("--first-frame", "The first frame that is read.", 0);
    private readonly Option<int?> _count = NewOption.Of<int?>(
        "--frames",
        "How many frames are read; all by default.",
        null
    );
    private readonly Option<int?> _crop = NewOption.Of<int?>(
        "--crop",
        "Pixels on a side that are cut out of each frame around the zero frequency.",
        null
    );
    private readonly Option<int> _margin = NewOption.Of("--margin", "Pixels of the object around all windows.", 0);
    private readonly Option<DiffractionUnit?> _unit = NewOption.Of<DiffractionUnit?>(
        "--unit",
        "What the frames are, where the file does not say.",
        null
    );
    private readonly Option<bool> _transpose = Flag("--transpose-frames", "Exchange the axes of the frames.");
    private readonly Option<bool> _flipRows = Flag("--flip-frame-rows", "Reverse the vertical frequency.");
    private readonly Option<bool> _flipColumns = Flag("--flip-frame-columns", "Reverse the horizontal frequency.");
    private readonly Option<bool> _swap = Flag("--swap-positions", "Exchange rows and columns of the positions.");
    private readonly Option<bool> _negateRows = Flag("--flip-position-rows", "Negate the rows of the positions.");
    private readonly Option<bool> _negateColumns = Flag("--flip-position-columns", "Negate their columns.");
    private readonly Option<bool> _maskInvalid = Flag(
        "--mask-invalid",
        "Mask pixels that are negative or not finite in some frame, instead of refusing the file."
    );

    public InputFlags()
    {
        _zero.Arity = new ArgumentArity(2, 2);
        _zero.AllowMultipleArgumentsPerToken = true;
        OptionChecks.RequireBetween(_zero, 0, 65535);
        OptionChecks.RequireBetween(_first, 0, int.MaxValue);
        OptionChecks.RequireBetween(_count, 1, int.MaxValue);
        OptionChecks.RequireBetween(_crop, 1, 65536);
        OptionChecks.RequireBetween(_margin, 0, 4096);
        OptionChecks.Exclude(_probe, _estimate);
    }

    public void AddTo(Command command)
    {
        foreach (
            var option in (Option[])
                [
                    _probe,
                    _estimate,
                    _positions,
                    _positionUnit,
                    _first,
                    _count,
                    _crop,
                    _zero,
                    _margin,
                    _unit,
                    _transpose,
                    _flipRows,
                    _flipColumns,
                    _swap,
                    _negateRows,
                    _negateColumns,
                    _maskInvalid,
                ]
        )
            command.Options.Add(option);
        _geometry.AddTo(command);
    }

    public InputSettings Read(ParseResult arguments) =>
        new()
        {
            Import = Import(arguments),
            Probe = arguments.GetValue(_probe),
            EstimateProbe = arguments.GetValue(_estimate),
            Positions = arguments.GetValue(_positions),
            PositionUnit = arguments.GetValue(_positionUnit),
        };

    private ImportOptions Import(ParseResult arguments) =>
        new()
        {
            FirstFrame = arguments.GetValue(_first),
            FrameCount = arguments.GetValue(_count),
            Crop = arguments.GetValue(_crop) is { } side ? (side, side) : null,
            ZeroFrequency = arguments.GetValue(_zero) is [var row, var column] ? (row, column) : null,
            Margin = arguments.GetValue(_margin),
            Geometry = _geometry.Read(arguments),
            Unit = arguments.GetValue(_unit),
            TransposeFrames = arguments.GetValue(_transpose),
            FlipFrameRows = arguments.GetValue(_flipRows),
            FlipFrameColumns = arguments.GetValue(_flipColumns),
            SwapPositions = arguments.GetValue(_swap),
            FlipPositionRows = arguments.GetValue(_negateRows),
            FlipPositionColumns = arguments.GetValue(_negateColumns),
            MaskInvalid = arguments.GetValue(_maskInvalid),
        };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
