using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Training.Objectives;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training;

/// <summary>What a trainer was given.</summary>
internal sealed record TrainerSetup(
    nn.Module Network,
    ITrainingObjective Objective,
    IBatchSource Batches,
    TrainerOptions Options,
    IValidator? Validator,
    Action<long>? Export,
    ILogger Logger
)
{
    /// <summary>The options as a note for checkpoints.</summary>
    public string Description => (Options with { Folder = null }).ToString();
}
