using static TorchSharp.torch;

namespace Ptycho.Diffusion.Schedules;

/// <summary>Numbers that differ from image to image of a batch, as a tensor that broadcasts over the batch.</summary>
internal static class PerImage
{
    /// <summary>A [B, 1, 1, 1] float32 tensor of a function of each image's level, on the batch's device.</summary>
    public static Tensor Column(Tensor batch, IReadOnlyList<int> levels, Func<int, double> value)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(levels);
        var shape = batch.shape;
        if (shape.Length == 0 || shape[0] != levels.Count)
            throw new ArgumentException(
                $"A batch of shape [{string.Join(", ", shape)}] needs as many levels as images; got {levels.Count}.",
                nameof(levels)
            );
        var values = new float[levels.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)value(levels[i]);
        var columnShape = new long[shape.Length];
        Array.Fill(columnShape, 1);
        columnShape[0] = values.Length;
        return tensor(values, dtype: ScalarType.Float32, device: batch.device).reshape(columnShape);
    }
}
