using System.Numerics.Tensors;
using Ptycho.IO;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// A Fourier ptychography measurement: low-resolution images of one sample, each under one plane wave. Checked when made.
/// </summary>
public sealed class FourierPtychographyData
{
    /// <summary>Checks and takes a measurement; the arrays are not copied and must not be changed afterwards.</summary>
    /// <param name="amplitudes">Amplitudes (square roots of intensities) [N, height, width], any unit, at least 0.</param>
    /// <param name="height">Rows of an image, at least 2.</param>
    /// <param name="width">Columns of an image, at least 2.</param>
    /// <param name="directions">The direction of the light for each of the N images.</param>
    /// <param name="optics">The microscope.</param>
    /// <param name="pupil">The known pupil [height, width], complex, its zero frequency at [height/2, width/2]; null for
    /// an ideal aperture with the defocus of the optics.</param>
    /// <exception cref="ArgumentException">Shapes don't fit, a value is negative or not finite, an image or the pupil is
    /// zero everywhere; the message names the image and the pixel.</exception>
    public FourierPtychographyData(
        float[] amplitudes,
        int height,
        int width,
        IReadOnlyList<IlluminationDirection> directions,
        FourierPtychographyOptics optics,
        ComplexField? pupil = null
    )
    {
        ArgumentNullException.ThrowIfNull(amplitudes);
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(optics);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        if (directions.Count == 0 || amplitudes.LongLength != (long)directions.Count * height * width)
            throw new ArgumentException(
                $"{directions.Count} illuminations with images of {height}×{width} need "
                    + $"{(long)directions.Count * height * width} amplitudes (at least one image), not {amplitudes.Length}.",
                nameof(amplitudes)
            );
        for (var k = 0; k < directions.Count; k++)
        {
            if (Problem(amplitudes.AsSpan(k * height * width, height * width), width) is { } problem)
                throw new ArgumentException($"Image {k} {problem}", nameof(amplitudes));
            if (!(directions[k].X * directions[k].X + directions[k].Y * directions[k].Y < 1))
                throw new ArgumentException(
                    $"The direction {directions[k]} of image {k} is no sine.",
                    nameof(directions)
                );
        }
        CheckPupil(pupil, height, width);
        Amplitudes = amplitudes;
        Height = height;
        Width = width;
        Directions = directions;
        Optics = optics;
        Pupil = pupil;
    }

    /// <summary>Amplitudes [N, Height, Width].</summary>
    public ReadOnlyMemory<float> Amplitudes { get; }

    /// <summary>Number N of images.</summary>
    public int ImageCount => Directions.Count;

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>The direction of the light for each image.</summary>
    public IReadOnlyList<IlluminationDirection> Directions { get; }

    /// <summary>The microscope.</summary>
    public FourierPtychographyOptics Optics { get; }

    /// <summary>The known pupil [Height, Width], zero frequency in the centre, or null.</summary>
    public ComplexField? Pupil { get; }

    /// <summary>The amplitudes [Height, Width] of one image.</summary>
    public ReadOnlySpan<float> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ImageCount);
        return Amplitudes.Span.Slice(index * Height * Width, Height * Width);
    }

    private static string? Problem(ReadOnlySpan<float> image, int width)
    {
        if (
            TensorPrimitives.Sum(image) > 0
            && float.IsFinite(TensorPrimitives.SumOfSquares(image))
            && TensorPrimitives.Min(image) >= 0
        )
            return null;
        for (var i = 0; i < image.Length; i++)
            if (!(image[i] >= 0 && float.IsFinite(image[i])))
                return FormattableString.Invariant(
                    $"has {image[i]} at row {i / width}, column {i % width}; amplitudes are finite and at least 0."
                );
        return "is dark everywhere, or too bright to add up; leave it out.";
    }

    private static void CheckPupil(ComplexField? pupil, int height, int width)
    {
        if (pupil is null)
            return;
        if (pupil.Height != height || pupil.Width != width)
            throw new ArgumentException(
                $"The pupil is {pupil.Height}×{pupil.Width}, but the images are {height}×{width}.",
                nameof(pupil)
            );
        var energy =
            TensorPrimitives.SumOfSquares<float>(pupil.Real) + TensorPrimitives.SumOfSquares<float>(pupil.Imaginary);
        if (!(energy > 0 && float.IsFinite(energy)))
            throw new ArgumentException("The pupil is zero everywhere, or not finite.", nameof(pupil));
    }
}
