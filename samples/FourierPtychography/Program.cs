using System.CommandLine;
using Ptycho.Samples.FourierPtychography;
using Ptycho.Samples.Shared.Commands;

var data = new Option<DirectoryInfo>("--data")
{
    Description = "Folder with bloodsmear_{red,green,blue}.mat and blood_aberration.mat.",
    Required = true,
};
var output = new Option<DirectoryInfo>("--out")
{
    Description = "Folder for the recovered objects (.npz) and pictures (.png).",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", "objects")),
};
var knownPupil = new Option<bool>("--known-pupil")
{
    Description = "Keep the given pupil instead of recovering it with the object.",
};
var force = NewOption.Of("--force", "Replace results that are there.", false);
var command = new RootCommand("Recovers the blood-smear objects from raw Fourier ptychography data.")
{
    data,
    output,
    knownPupil,
    force,
};
command.SetAction(
    (arguments, cancellationToken) =>
        Guarded.Run(() =>
            new RecoverObjects(
                arguments.GetRequiredValue(data),
                arguments.GetRequiredValue(output),
                arguments.GetValue(knownPupil)
            )
            {
                Force = arguments.GetValue(force),
            }.Run(cancellationToken)
        )
);
return await SampleProgram.Run(command, args);
