using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.SiemensStar.Commands;

return await SampleProgram.Run(StarCommand.Create(), args);
