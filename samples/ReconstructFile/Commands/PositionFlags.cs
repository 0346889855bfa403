using System.CommandLine;
using Ptycho.Physics.Files;
using Ptycho.Physics.Scans;
using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Options about positions: their file, unit and axes.</summary>
internal sealed class PositionFlags
{
    private readonly Option<string?> _file = NewOption.Of<string?>(
        "--positions",
        "The positions of a .tif or .npy stack, or of --dataset: .csv, .txt, .npy or .npz with a row and a column for each "
            + "frame, or a .ptyr or ptychodus product.",
        null
    );
    private readonly Option<PositionUnit?> _unit = NewOption.Of<PositionUnit?>(
        "--positions-unit",
        "Pixels: of each window's first pixel. Lengths (y, x) need --energy-kev, --distance and --detector-pixel. As the "
            + "heading says by default, else pixels.",
        null
    );
    private readonly Option<int[]> _columns = NewOption.Of<int[]>(
        "--positions-columns",
        "Which columns of the file hold row (y) and column (x), from 0, such as 2 1; as the heading says by default.",
        []
    );
    private readonly Option<bool> _swap = Flag("--swap-positions", "Exchange rows and columns of the positions.");
    private readonly Option<bool> _rows = Flag("--flip-position-rows", "Negate the rows of the positions.");
    private readonly Option<bool> _columnsBack = Flag("--flip-position-columns", "Negate their columns.");
    private readonly Option<bool> _find = Flag(
        "--find-orientation",
        "It is not known how the stage's axes lie to the detector's: try all eight ways on a part of the scan, and take the best."
    );
    private readonly Option<int> _margin = NewOption.Of("--margin", "Pixels of the object around all windows.", 0);

    public PositionFlags()
    {
        _columns.Arity = new ArgumentArity(2, 2);
        _columns.AllowMultipleArgumentsPerToken = true;
        OptionChecks.RequireBetween(_columns, 0, 65535);
        OptionChecks.RequireBetween(_margin, 0, 4096);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_file, _unit, _columns, _swap, _rows, _columnsBack, _find, _margin])
            command.Options.Add(option);
    }

    public ImportOptions Add(ImportOptions options, ParseResult arguments) =>
        options with
        {
            SwapPositions = arguments.GetValue(_swap),
            FlipPositionRows = arguments.GetValue(_rows),
            FlipPositionColumns = arguments.GetValue(_columnsBack),
            Margin = arguments.GetValue(_margin),
        };

    public InputSettings Add(InputSettings settings, ParseResult arguments) =>
        settings with
        {
            Positions = arguments.GetValue(_file),
            PositionUnit = arguments.GetValue(_unit),
            PositionColumns = arguments.GetValue(_columns) is [var row, var column] ? (row, column) : null,
            FindOrientation = arguments.GetValue(_find),
        };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
