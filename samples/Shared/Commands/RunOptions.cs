using System.CommandLine;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>The options that every sample has which reconstructs: where results go, the prior, threads, the seed.</summary>
public sealed class RunOptions
{
    private readonly Option<string> _output;
    private readonly Option<bool> _force = NewOption.Of("--force", "Replace results that are there.", false);
    private readonly Option<string?> _prior;
    private readonly Option<int> _threads = NewOption.Of(
        "--threads",
        "Threads of libtorch; all cores by default.",
        Environment.ProcessorCount
    );
    private readonly Option<ulong> _seed = NewOption.Of("--seed", "Seed of all random numbers.", 0UL);

    /// <param name="output">The folder for results where none is named.</param>
    /// <param name="prior">The prior where none is named, or null: none.</param>
    public RunOptions(string output, string? prior)
    {
        _output = NewOption.Of("--out", "Folder for results.", output);
        _prior = NewOption.Of("--prior", "The diffusion prior, a safetensors file.", prior);
        OptionChecks.RequireBetween(_threads, 1, 1024);
    }

    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var option in (Option[])[_output, _force, _prior, _threads, _seed])
            command.Options.Add(option);
    }

    public RunSettings Read(ParseResult arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new RunSettings
        {
            Output = arguments.GetRequiredValue(_output),
            Force = arguments.GetValue(_force),
            Prior = arguments.GetValue(_prior),
            Threads = arguments.GetValue(_threads),
            Seed = arguments.GetValue(_seed),
        };
    }
}
