using System.CommandLine;
using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Samples.Shared.Commands;

var root = ReconstructCommand.Create();
var simulate = SimulateCommand.Create();

// A root without the file, or the help of simulate would ask for both files.
return await SampleProgram.Run(
    args is ["simulate", ..] ? new RootCommand(root.Description!) { simulate } : With(root, simulate),
    args
);

static RootCommand With(RootCommand root, Command command)
{
    root.Subcommands.Add(command);
    return root;
}
