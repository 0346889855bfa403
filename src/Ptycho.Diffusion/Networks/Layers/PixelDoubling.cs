using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>
/// [B, C, H, W] → [B, O, 2H, 2W]: repeats every pixel 2 × 2 times and convolves with a 3 × 3 kernel, without making the
/// repeated image. An even row of the result sees rows i − 1 and i of the input through the kernel's rows (w₋₁, w₀ + w₁), an
/// odd one rows i and i + 1 through (w₋₁ + w₀, w₁), and columns likewise: four kernels of 2 × 2, four products where there
/// were nine.
/// </summary>
internal sealed class PixelDoubling : IKernelForm
{
    private PixelDoubling() { }

    public static PixelDoubling Instance { get; } = new();

    /// <summary>[O, C, 3, 3] → [4·O, C, 2, 2], the phase outermost, y before x.</summary>
    public (Tensor Weight, Tensor Bias) Prepare(Tensor weight, Tensor bias)
    {
        var kernels = Taps(Taps(weight, 3), 2);
        return (kernels.reshape(-1, weight.shape[1], 2, 2), bias.repeat(2 * 2));
    }

    /// <summary>Three taps along a dimension as two for even and two for odd pixels, in a new first dimension.</summary>
    private static Tensor Taps(Tensor kernel, long dimension)
    {
        dimension += kernel.dim() - 4;
        var taps = kernel.unbind(dimension);
        return stack([stack([taps[0], taps[1] + taps[2]], dimension), stack([taps[0] + taps[1], taps[2]], dimension)]);
    }

    /// <summary>
    /// [B, 4·O, H + 1, W + 1] → [B, O, 2H, 2W]. The input has a border of one pixel, so each phase has a row and a column
    /// too many, at one end or the other.
    /// </summary>
    public Tensor Assemble(Tensor output)
    {
        var (batch, height, width) = (output.shape[0], output.shape[2] - 1, output.shape[3] - 1);
        var phases = output.reshape(batch, 2, 2, -1, height + 1, width + 1);
        var rows = phases.unbind(1).Select((row, y) => stack(row.unbind(1).Select((p, x) => Cut(p, y, x)), -1));
        return stack(rows, -3).reshape(batch, -1, 2 * height, 2 * width);

        Tensor Cut(Tensor phase, int y, int x) => phase.narrow(2, y, height).narrow(3, x, width);
    }
}
