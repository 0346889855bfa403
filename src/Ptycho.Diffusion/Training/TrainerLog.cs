using Microsoft.Extensions.Logging;

namespace Ptycho.Diffusion.Training;

/// <summary>Log messages of the trainer.</summary>
internal static partial class TrainerLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Training {Parameters} parameters from step {Step} to {Steps}"
    )]
    public static partial void Starting(ILogger logger, long parameters, long step, long steps);

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed from {Path}")]
    public static partial void Resumed(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Validation after step {Step}: {Score}")]
    public static partial void Validated(ILogger logger, long step, double score);

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote {Path}")]
    public static partial void Saved(ILogger logger, string path);
}
