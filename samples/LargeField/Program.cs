using Ptycho.Samples.LargeField.Commands;
using Ptycho.Samples.Shared.Commands;

return await SampleProgram.Run(LargeFieldCommand.Create(), args);
