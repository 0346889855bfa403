using Ptycho.Samples.Demo.Commands;
using Ptycho.Samples.Shared.Commands;

var root = DemoCommand.Create();
root.Subcommands.Add(MakeDataCommand.Create());
return await SampleProgram.Run(root, args);
