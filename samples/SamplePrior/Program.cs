using System.CommandLine;
using Ptycho.Samples.SamplePrior;
using Ptycho.Samples.Shared.Commands;

var command = new RootCommand("Draws samples from a diffusion prior; 'report' measures the prior for its model card.");
new DrawCommand().AddTo(command);
var report = new Command(
    "report",
    "Measures a prior: validation error, samples against real crops, memory of the crops."
);
new ReportCommand().AddTo(report);
command.Subcommands.Add(report);
return await SampleProgram.Run(command, args);
