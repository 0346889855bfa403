using System.CommandLine;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>What can be typed.</summary>
internal static class CommandLines
{
    private const string Simulate = "simulate";

    /// <summary>
    /// The command line: a file to reconstruct, or a subcommand. Where a subcommand is typed the root has no file, or the help of
    /// simulate would ask for two.
    /// </summary>
    public static RootCommand For(string[] args)
    {
        var root = ReconstructCommand.Create();
        if (args is [Simulate, ..])
            root = new RootCommand(root.Description!);
        root.Subcommands.Add(SimulateCommand.Create());
        return root;
    }
}
