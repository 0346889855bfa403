using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// The shape of batches from a step on. Small crops first and large ones last train the same network for a fraction of
/// the time.
/// </summary>
public sealed record CropStage
{
    /// <summary>The first step of the stage, from 0.</summary>
    public long FromStep
    {
        get;
        init => field = OptionChecks.AtLeast(0L, value, nameof(FromStep));
    }

    /// <summary>Pixels on a crop's side, at least 2; 64 by default.</summary>
    public int Size
    {
        get;
        init => field = OptionChecks.AtLeast(2, value, nameof(Size));
    } = 64;

    /// <summary>Crops in a batch, 1…65536; 8 by default.</summary>
    public int BatchSize
    {
        get;
        init => field = OptionChecks.Between(1, CropBatchSource.IndicesPerPart, value, nameof(BatchSize));
    } = 8;
}
