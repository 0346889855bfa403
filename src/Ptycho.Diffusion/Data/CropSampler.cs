using System.Collections.Immutable;
using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// Draws crops from complex images as the paper trains its prior: random image, rotation, scale, position and mirroring,
/// cubic-spline interpolation of the real and imaginary parts, and the global phase fixed by arg Σf = 0. Crop i is a
/// function of (seed, i, size) alone, so runs resume exactly and thread timing changes nothing.
/// Positions are uniform over the union of an image's rectangles. The spline of each rectangle is made from that
/// rectangle's pixels alone: not even the spline's tails see a pixel outside.
/// </summary>
public sealed class CropSampler : ICropSource
{
    private const int MaximumTries = 100_000;
    private readonly ImmutableArray<CropImage> images;
    private readonly CubicSplineImage[][] splines;
    private readonly double[] cumulativeWeights;
    private readonly CropSamplerOptions options;

    /// <summary>Prepares the splines of every allowed rectangle.</summary>
    /// <param name="images">At least one image.</param>
    /// <param name="options">How to draw; the defaults are the paper's.</param>
    /// <exception cref="ArgumentException">There is no image, or a region reaches outside its image.</exception>
    public CropSampler(IEnumerable<CropImage> images, CropSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        this.images = [.. images];
        this.options = options ?? new CropSamplerOptions();
        if (this.options.MinimumScale > this.options.MaximumScale)
            throw new ArgumentException(
                $"MinimumScale, {this.options.MinimumScale}, must be at most MaximumScale, {this.options.MaximumScale}.",
                nameof(options)
            );
        if (this.images.IsEmpty)
            throw new ArgumentException("A crop sampler needs at least one image.", nameof(images));
        splines = [.. this.images.Select(Splines)];
        cumulativeWeights = new double[this.images.Length];
        var total = 0.0;
        for (var i = 0; i < cumulativeWeights.Length; i++)
            cumulativeWeights[i] = total += this.images[i].Weight;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No region of the chosen image can hold a crop of this size.</exception>
    public ComplexCrop Sample(ulong index, int size)
    {
        var placement = Place(index, size);
        var region = images[placement.Image].Regions[placement.Region];
        var local = placement.Grid with
        {
            Row = placement.Grid.Row - region.Row,
            Column = placement.Grid.Column - region.Column,
        };
        var field = splines[placement.Image][placement.Region].Sample(local, size, size);
        PhaseGauge.Fix(field);
        return new ComplexCrop(field, ImmutableArray.Create(PhaseUnwrapper.Unwrap(field)), placement);
    }

    /// <summary>Where crop number <paramref name="index"/> of this size lies, without computing it.</summary>
    public CropPlacement Place(ulong index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        var random = SplitMix64.For(options.Seed, (ulong)size, index);
        var chosen = random.NextDouble() * cumulativeWeights[^1];
        var image = cumulativeWeights.Count(w => w <= chosen);
        var regions = images[image].Regions;
        for (var attempt = 0; attempt < MaximumTries; attempt++)
        {
            var scale = random.NextDouble(options.MinimumScale, options.MaximumScale);
            var angle = options.Rotate ? random.NextDouble(0, 2 * Math.PI) : 0;
            var mirror = random.NextDouble() < 0.5 && options.Flip;
            var (sine, cosine) = Math.SinCos(angle);
            var reach = (size - 1) / (2 * scale) * (Math.Abs(sine) + Math.Abs(cosine));
            if (!TryPlaceCentre(regions, reach, ref random, out var region, out var row, out var column))
                continue;
            var grid = SamplingGrid.Square(row, column, size, angle, 1 / scale, mirror);
            return new CropPlacement(image, region, grid, scale, angle, mirror);
        }
        throw new ArgumentException(
            $"No region of image '{images[image].Name}' can hold crops of {size}×{size} pixels; the largest is "
                + $"{Largest(regions)}, and a turned or shrunken crop takes more than its own size. Use smaller crops or larger "
                + "regions.",
            nameof(size)
        );
    }

    /// <summary>
    /// A centre uniform over the union of the regions shrunk by the crop's reach: a shrunken region by its area, a point
    /// in it, kept with probability 1/(number of shrunken regions that hold the point).
    /// </summary>
    private static bool TryPlaceCentre(
        ImmutableArray<ImageRegion> regions,
        double reach,
        ref SplitMix64 random,
        out int region,
        out double row,
        out double column
    )
    {
        (region, row, column) = (0, 0, 0);
        var total = regions.Sum(r => Room(r.Height, reach) * Room(r.Width, reach));
        if (total <= 0)
            return TryPlaceWithoutRoom(regions, reach, ref random, out region, out row, out column);
        int holders;
        do
        {
            region = Choose(regions, reach, random.NextDouble() * total);
            var place = regions[region];
            row = place.Row + reach + random.NextDouble() * Room(place.Height, reach);
            column = place.Column + reach + random.NextDouble() * Room(place.Width, reach);
            holders = Holders(regions, reach, row, column);
        } while (holders > 1 && random.NextDouble() * holders >= 1);
        return true;
    }

    /// <summary>Where crops fill a region from edge to edge, no area is left to their centres, only lines or points.</summary>
    private static bool TryPlaceWithoutRoom(
        ImmutableArray<ImageRegion> regions,
        double reach,
        ref SplitMix64 random,
        out int region,
        out double row,
        out double column
    )
    {
        (region, row, column) = (0, 0, 0);
        var holders = Enumerable
            .Range(0, regions.Length)
            .Where(i => Math.Min(regions[i].Height, regions[i].Width) - 1 >= 2 * reach)
            .ToArray();
        if (holders.Length == 0)
            return false;
        region = holders[(int)(random.NextDouble() * holders.Length)];
        var place = regions[region];
        row = place.Row + reach + random.NextDouble() * Room(place.Height, reach);
        column = place.Column + reach + random.NextDouble() * Room(place.Width, reach);
        return true;
    }

    private static int Choose(ImmutableArray<ImageRegion> regions, double reach, double chosen)
    {
        var last = 0;
        for (var i = 0; i < regions.Length; i++)
        {
            var area = Room(regions[i].Height, reach) * Room(regions[i].Width, reach);
            if (area <= 0)
                continue;
            last = i;
            if (chosen < area)
                break;
            chosen -= area;
        }
        return last;
    }

    private static int Holders(ImmutableArray<ImageRegion> regions, double reach, double row, double column)
    {
        var count = 0;
        foreach (var region in regions)
        {
            var inRows = Math.Abs(row - region.Row - (region.Height - 1) / 2.0) <= Room(region.Height, reach) / 2;
            var inColumns =
                Math.Abs(column - region.Column - (region.Width - 1) / 2.0) <= Room(region.Width, reach) / 2;
            if (inRows && inColumns && Room(region.Height, reach) * Room(region.Width, reach) > 0)
                count++;
        }
        return count;
    }

    private static string Largest(ImmutableArray<ImageRegion> regions)
    {
        var largest = regions.MaxBy(r => Math.Min(r.Height, r.Width));
        return $"{largest.Height}×{largest.Width}";
    }

    private static double Room(int length, double reach) => Math.Max(0, length - 1 - 2 * reach);

    private static CubicSplineImage[] Splines(CropImage image)
    {
        try
        {
            return [.. image.Regions.Select(r => new CubicSplineImage(r.Extract(image.Image)))];
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ArgumentException($"Image '{image.Name}': {e.Message}", nameof(image), e);
        }
    }
}
