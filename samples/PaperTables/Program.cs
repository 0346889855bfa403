using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.Shared.Commands;

return await SampleProgram.Run(PaperCommand.Create(), args);
