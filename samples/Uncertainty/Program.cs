using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Uncertainty.Commands;

return await SampleProgram.Run(UncertaintyCommand.Create(), args);
