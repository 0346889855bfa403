using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Samples.Shared.Commands;

return await SampleProgram.Run(CommandLines.For(args), args);
