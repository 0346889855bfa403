using Microsoft.Extensions.Logging;

namespace Ptycho.Solvers.Batches;

/// <summary>Log messages of a batch.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The memory of device {Device} did not last for {States} states in one call of the prior; going on with {Fewer}. ({Error})"
    )]
    public static partial void Halved(ILogger logger, string device, int states, int fewer, string error);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The memory of device {Device} did not last for {Objects} objects at once; going on with {Fewer}. ({Error})"
    )]
    public static partial void HalvedObjects(ILogger logger, string device, int objects, int fewer, string error);
}
