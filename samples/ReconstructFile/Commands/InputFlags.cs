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
    private readonly DetectorFlags _detector = new();
    private readonly PositionFlags _position = new();
    private readonly Option<string?> _probe = NewOption.Of<string?>(
        "--probe",
        "The probe, instead of the measurement's: .npz, .npy, .ptyr, or a ptychodus product (.h5).",
        null
    );
    private readonly Option<bool> _estimate = Flag(
        "--estimate-probe",
        "No probe is known: find one from the frames, and refine it."
    );
    private readonly Option<string?> _dataset = NewOption.Of<string?>(
        "--dataset",
        "The dataset [K, h, w] with the frames, in an HDF5 file of any layout; needs --positions.",
        null
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
    private readonly Option<DiffractionUnit?> _unit = NewOption.Of<DiffractionUnit?>(
        "--unit",
        "What the frames are, where the file does not say.",
        null
    );
    private readonly Option<bool> _transpose = Flag("--transpose-frames", "Exchange the axes of the frames.");
    private readonly Option<bool> _flipRows = Flag("--flip-frame-rows", "Reverse the vertical frequency.");
    private readonly Option<bool> _flipColumns = Flag("--flip-frame-columns", "Reverse the horizontal frequency.");

    public InputFlags()
    {
        _zero.Arity = new ArgumentArity(2, 2);
        _zero.AllowMultipleArgumentsPerToken = true;
        OptionChecks.RequireBetween(_zero, 0, 65535);
        OptionChecks.RequireBetween(_first, 0, int.MaxValue);
        OptionChecks.RequireBetween(_count, 1, int.MaxValue);
        OptionChecks.Exclude(_probe, _estimate);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_probe, _estimate, _dataset, _first, _count, _zero, _unit])
            command.Options.Add(option);
        _detector.AddTo(command);
        foreach (var option in (Option[])[_transpose, _flipRows, _flipColumns])
            command.Options.Add(option);
        _position.AddTo(command);
        _geometry.AddTo(command);
    }

    /// <summary>What was said; the mask's file is read.</summary>
    public InputSettings Read(ParseResult arguments) =>
        _position.Add(
            new InputSettings
            {
                Import = Import(arguments),
                Probe = arguments.GetValue(_probe),
                EstimateProbe = arguments.GetValue(_estimate),
                Dataset = arguments.GetValue(_dataset),
                Mask = _detector.MaskPath(arguments),
            },
            arguments
        );

    private ImportOptions Import(ParseResult arguments) =>
        _position.Add(
            _detector.Add(
                new ImportOptions
                {
                    FirstFrame = arguments.GetValue(_first),
                    FrameCount = arguments.GetValue(_count),
                    ZeroFrequency = arguments.GetValue(_zero) is [var row, var column] ? (row, column) : null,
                    Geometry = _geometry.Read(arguments),
                    Unit = arguments.GetValue(_unit),
                    TransposeFrames = arguments.GetValue(_transpose),
                    FlipFrameRows = arguments.GetValue(_flipRows),
                    FlipFrameColumns = arguments.GetValue(_flipColumns),
                },
                arguments
            ),
            arguments
        );

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
