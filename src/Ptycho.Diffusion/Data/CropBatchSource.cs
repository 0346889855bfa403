using System.Collections.Immutable;

namespace Ptycho.Diffusion.Data;

/// <summary>Batches [B, C, H, W] of encoded crops; size and number follow the stage that a step belongs to.</summary>
public sealed class CropBatchSource : IBatchSource
{
    internal const int IndicesPerPart = 1 << 16;
    private const int PartsPerStep = 1 << 8;
    private readonly ICropSource crops;
    private readonly ICropEncoder encoder;
    private readonly ImmutableArray<CropStage> stages;

    /// <summary>Combines crops, their encoding and the stages.</summary>
    /// <param name="crops">Where crops come from.</param>
    /// <param name="encoder">How they become channels.</param>
    /// <param name="stages">At least one; the first begins at step 0, and each begins after the one before.</param>
    /// <exception cref="ArgumentException">The stages do not cover step 0 or are not in order.</exception>
    public CropBatchSource(ICropSource crops, ICropEncoder encoder, params IEnumerable<CropStage> stages)
    {
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentNullException.ThrowIfNull(encoder);
        this.crops = crops;
        this.encoder = encoder;
        this.stages = [.. stages];
        if (this.stages.IsEmpty || this.stages[0].FromStep != 0)
            throw new ArgumentException("The first stage must begin at step 0.", nameof(stages));
        for (var i = 1; i < this.stages.Length; i++)
            if (this.stages[i].FromStep <= this.stages[i - 1].FromStep)
                throw new ArgumentException(
                    $"Stage {i} begins at step {this.stages[i].FromStep}, which is not after the stage before it.",
                    nameof(stages)
                );
    }

    /// <summary>The stage that a step belongs to.</summary>
    public CropStage StageAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return stages.Last(s => s.FromStep <= step);
    }

    /// <inheritdoc />
    public TrainingBatch Create(long step, int part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part, PartsPerStep);
        var stage = StageAt(step);
        var first = ((ulong)step * PartsPerStep + (ulong)part) * IndicesPerPart;
        var length = encoder.Channels * stage.Size * stage.Size;
        var values = new float[checked(stage.BatchSize * length)];
        for (var i = 0; i < stage.BatchSize; i++)
            encoder.Encode(crops.Sample(first + (ulong)i, stage.Size), values.AsSpan(i * length, length));
        return new TrainingBatch(values, stage.BatchSize, encoder.Channels, stage.Size, stage.Size);
    }
}
