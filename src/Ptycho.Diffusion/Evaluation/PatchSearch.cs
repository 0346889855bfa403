using System.Collections.Immutable;
using Ptycho.Diffusion.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Evaluation;

/// <summary>
/// Looks for the middle of each sample everywhere in the training images, over positions, rotations, magnifications and
/// mirror images: the nearest neighbour among all crops that a prior can have been trained on. A prior that only
/// remembers would draw samples that are found.
/// Both sides are averaged over small squares and lose the mean of each channel. The distance is relative:
/// √(Σ(p − q)²/Σq²), with q the sample's patch and p the image's; 0 is a copy, 1 is as far as an even patch.
/// </summary>
public sealed class PatchSearch : IDisposable
{
    private readonly PatchSearchOptions options;
    private readonly ImmutableArray<(Tensor Image, Tensor Energy)> places;
    private readonly int side;
    private readonly int channelCount;

    /// <summary>Prepares the images.</summary>
    /// <param name="images">Training images with the regions that were trained on; patches lie wholly in one.</param>
    /// <param name="encoder">What made the training's channels.</param>
    /// <param name="options">How to search.</param>
    /// <exception cref="ArgumentException">No region can hold a patch, or the patch is no multiple of the reduction.</exception>
    public PatchSearch(IEnumerable<CropImage> images, ICropEncoder encoder, PatchSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(encoder);
        this.options = options ?? new PatchSearchOptions();
        channelCount = encoder.Channels;
        side = this.options.PatchSize / this.options.Reduction;
        if (side * this.options.Reduction != this.options.PatchSize)
            throw new ArgumentException(
                $"PatchSize, {this.options.PatchSize}, must be a multiple of Reduction, {this.options.Reduction}.",
                nameof(options)
            );
        using var noGrad = no_grad();
        places =
        [
            .. images
                .SelectMany(image => image.Regions.Select(region => (image, region)))
                .Where(p => Math.Min(p.region.Height, p.region.Width) >= this.options.PatchSize)
                .Select(p => Prepare(p.image, p.region, encoder)),
        ];
        if (places.IsEmpty)
            throw new ArgumentException(
                $"No region can hold patches of {this.options.PatchSize}×{this.options.PatchSize} pixels.",
                nameof(images)
            );
    }

    /// <summary>The distance of each sample to its nearest neighbour.</summary>
    /// <param name="samples">
    /// Channels, float32 [S, C, H, W] on the CPU, large enough for a turned patch: √2·PatchSize·ScaleStep pixels.
    /// </param>
    /// <param name="cancellationToken">Looked at for each sample.</param>
    /// <returns>One distance a sample; NaN for a sample whose middle is all one value, of which nothing can be said.</returns>
    /// <exception cref="ArgumentException">The samples are too small, of other channels than the images, or not float32 on the
    /// CPU.</exception>
    public ImmutableArray<double> Nearest(Tensor samples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var shape = samples.shape;
        var least = Math.Sqrt(2) * options.PatchSize * options.ScaleStep;
        if (shape.Length != 4 || Math.Min(shape[2], shape[3]) < least)
            throw new ArgumentException(
                $"Samples must be [S, C, H, W] of at least {Math.Ceiling(least)} pixels a side to be turned, not "
                    + $"[{string.Join(", ", shape)}].",
                nameof(samples)
            );
        if (shape[1] != channelCount || samples.dtype != ScalarType.Float32 || samples.device_type != DeviceType.CPU)
            throw new ArgumentException(
                $"Samples must be float32 on the CPU with the {channelCount} channels of the images, not {samples.dtype} on "
                    + $"{samples.device} with {shape[1]}.",
                nameof(samples)
            );
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (channels, height, width) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        var values = samples.contiguous().data<float>().ToArray();
        var length = channels * height * width;
        var distances = ImmutableArray.CreateBuilder<double>();
        for (var i = 0; i < shape[0]; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var variants = PatchVariants.Of(values.AsSpan(i * length, length), channels, height, width, options);
            distances.Add(Nearest(variants, channels));
        }
        return distances.ToImmutable();
    }

    /// <summary>Frees the prepared images.</summary>
    public void Dispose()
    {
        foreach (var (image, energy) in places)
        {
            image.Dispose();
            energy.Dispose();
        }
    }

    private double Nearest(float[] variants, int channels)
    {
        using var scope = NewDisposeScope();
        var patches = tensor(variants, dtype: ScalarType.Float32).reshape(-1, channels, side, side);
        var own = (patches * patches).sum([1, 2, 3]);
        var best = double.PositiveInfinity;
        foreach (var (image, energy) in places)
        {
            using var inner = NewDisposeScope();
            var cross = nn.functional.conv2d(image, patches);
            var squared = energy - cross * 2 + own.reshape(1, -1, 1, 1);
            var relative = squared.amin([2, 3]).reshape(-1) / own;
            best = Math.Min(best, relative.min().item<float>());
        }
        return Math.Sqrt(Math.Max(0, best));
    }

    /// <summary>The reduced image [1, C, h, w] and, for each position, Σp² without the channels' means.</summary>
    private (Tensor Image, Tensor Energy) Prepare(CropImage image, ImageRegion region, ICropEncoder encoder)
    {
        using var scope = NewDisposeScope();
        var field = region.Extract(image.Image);
        var values = new float[encoder.Channels * field.Length];
        encoder.Encode(new ComplexCrop(field, [.. PhaseUnwrapper.Unwrap(field)], default), values);
        var full = tensor(values, dtype: ScalarType.Float32).reshape(1, encoder.Channels, field.Height, field.Width);
        var reduced = nn.functional.avg_pool2d(full, options.Reduction);
        // The means of whole channels would cost digits in the difference below.
        reduced = reduced - reduced.mean([2, 3], keepdim: true);
        var box = ones(encoder.Channels, 1, side, side);
        var sums = nn.functional.conv2d(reduced, box, groups: encoder.Channels);
        var squares = nn.functional.conv2d(reduced * reduced, box, groups: encoder.Channels);
        var energy = (squares - sums * sums / (side * side)).sum([1], keepdim: true);
        return (reduced.DetachFromDisposeScope(), energy.DetachFromDisposeScope());
    }
}
