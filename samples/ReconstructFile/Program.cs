using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Samples.Shared.Commands;

var root = ReconstructCommand.Create();
root.Subcommands.Add(SimulateCommand.Create());
return await SampleProgram.Run(root, args);
