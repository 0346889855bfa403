using Ptycho.Diffusion.Options;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>
/// A picture of samples: a row of magnitudes over a row of phases, as many columns as wanted, all on the same two scales,
/// which hold the middle 99 % of the pixels.
/// </summary>
public sealed record SampleSheet
{
    private const double Outside = 0.005;

    /// <summary>Samples side by side, at least 1; 8 by default.</summary>
    public int Columns
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(Columns));
    } = 8;

    /// <summary>A line above; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Sheet pixels for a sample's pixel on each side, at least 1; 1 by default.</summary>
    public int Enlargement
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(Enlargement));
    } = 1;

    /// <summary>Draws the sheet.</summary>
    /// <param name="channels">Samples, float32 [B, 2, H, W] on any device; left alone.</param>
    /// <param name="transform">The prior's transform.</param>
    /// <returns>The picture, to be written by <see cref="PngFile"/>.</returns>
    /// <exception cref="ArgumentException">The tensor has another shape, or none of its values is finite.</exception>
    public RgbImage Render(Tensor channels, IDataTransform transform)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(transform);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        ChannelShapes.CheckChannels(channels);
        var obj = transform.ToObject(channels);
        var phases = transform is IPhaseBranch branch ? branch.Phase(channels) : obj.angle();
        var (count, height, width) = ((int)channels.shape[0], (int)channels.shape[2], (int)channels.shape[3]);
        var magnitude = new Plane("|f|", Values(obj.abs()), ColorMap.Gray, height, width);
        var phase = new Plane("arg f, rad", Values(phases), ColorMap.Viridis, height, width);

        var rows = new List<FigureRow>();
        for (var first = 0; first < count; first += Columns)
        {
            var length = Math.Min(Columns, count - first);
            rows.Add(magnitude.Row(first, length));
            rows.Add(phase.Row(first, length));
        }
        var columns = Enumerable.Repeat("", Math.Min(Columns, count)).ToArray();
        return new FigureSheet(columns, rows)
        {
            Title = Title,
            Enlargement = Enlargement,
            TextScale = 1,
        }.Render();
    }

    private static float[] Values(Tensor tensor) => tensor.cpu().contiguous().data<float>().ToArray();

    private static ValueRange Middle(float[] values)
    {
        var sorted = values.Where(float.IsFinite).Order().ToArray();
        var cut = (int)(Outside * sorted.Length);
        return ValueRange.Of(sorted.AsSpan(cut, sorted.Length - 2 * cut));
    }

    /// <summary>One quantity of all samples.</summary>
    private sealed class Plane(string name, float[] values, ColorMap map, int height, int width)
    {
        private readonly ValueRange range = Middle(values);

        public FigureRow Row(int first, int count) =>
            new(
                "",
                [.. Enumerable.Range(first, count).Select(i => new FigurePanel(Picture(i)))],
                ColorBar.Linear(map, range, name)
            );

        private RgbImage Picture(int index) =>
            FieldImage.Render(values.AsSpan(index * height * width, height * width), height, width, map, range);
    }
}
