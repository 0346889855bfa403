using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Data;

/// <summary>Training samples as plain numbers, so that they can be made on any thread.</summary>
public sealed class TrainingBatch
{
    private readonly float[] values;

    /// <summary>Takes ownership of the values.</summary>
    /// <param name="values">Row-major values; the batch owns them from here on.</param>
    /// <param name="shape">Shape, batch first, for example [B, C, H, W].</param>
    /// <exception cref="ArgumentException">The shape does not fit the values.</exception>
    public TrainingBatch(float[] values, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shape = ImmutableArray.Create(shape);
        if (Shape.IsEmpty || Shape.Aggregate(1L, (a, b) => a * b) != values.Length)
            throw new ArgumentException(
                $"A batch of shape [{string.Join(", ", Shape)}] cannot hold {values.Length} values.",
                nameof(values)
            );
        this.values = values;
    }

    /// <summary>Shape, batch first.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The values, row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>A new float32 tensor of the values, in the caller's scope.</summary>
    public Tensor ToTensor(Device? device = null) =>
        tensor(values, dtype: ScalarType.Float32, device: device).reshape([.. Shape]);
}
