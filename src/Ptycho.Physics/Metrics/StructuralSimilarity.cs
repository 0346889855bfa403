namespace Ptycho.Physics.Metrics;

/// <summary>
/// The structural similarity index of Wang et al. (IEEE Trans. Image Process. 13, 600, 2004) of two real images, with
/// K₁ = 0.01, K₂ = 0.03 and the conventions of scikit-image.
/// </summary>
public static class StructuralSimilarity
{
    private const int UniformRadius = 3;
    private const int GaussianRadius = 5;
    private const double GaussianSigma = 1.5;

    /// <summary>7×7 uniform window and sample covariance: the default of scikit-image.</summary>
    /// <param name="image">Image [height, width] to judge.</param>
    /// <param name="truth">Image [height, width] to compare with.</param>
    /// <param name="height">Rows, at least 7.</param>
    /// <param name="width">Columns, at least 7.</param>
    /// <param name="range">Data range, above 0; null for max − min of the truth.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a side is too short, or the range is not above 0.</exception>
    public static double Uniform(
        ReadOnlySpan<double> image,
        ReadOnlySpan<double> truth,
        int height,
        int width,
        double? range = null
    )
    {
        var weights = new double[2 * UniformRadius + 1];
        Array.Fill(weights, 1.0 / weights.Length);
        var pixels = weights.Length * weights.Length;
        return Mean(image, truth, height, width, range, weights, pixels / (pixels - 1.0));
    }

    /// <summary>
    /// Gaussian window of σ = 1.5 (11×11) and population covariance: scikit-image's <c>gaussian_weights=True,
    /// use_sample_covariance=False</c>, as in the original paper.
    /// </summary>
    /// <param name="image">Image [height, width] to judge.</param>
    /// <param name="truth">Image [height, width] to compare with.</param>
    /// <param name="height">Rows, at least 11.</param>
    /// <param name="width">Columns, at least 11.</param>
    /// <param name="range">Data range, above 0; null for max − min of the truth.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a side is too short, or the range is not above 0.</exception>
    public static double Gaussian(
        ReadOnlySpan<double> image,
        ReadOnlySpan<double> truth,
        int height,
        int width,
        double? range = null
    )
    {
        var weights = new double[2 * GaussianRadius + 1];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = Math.Exp(-0.5 * Math.Pow((i - GaussianRadius) / GaussianSigma, 2));
        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        return Mean(image, truth, height, width, range, weights, 1);
    }

    private static double Mean(
        ReadOnlySpan<double> image,
        ReadOnlySpan<double> truth,
        int height,
        int width,
        double? range,
        double[] weights,
        double covarianceFactor
    )
    {
        if (image.Length != height * width || truth.Length != height * width)
            throw new ArgumentException($"Both images must have {height}×{width} values.", nameof(image));
        if (height < weights.Length || width < weights.Length)
            throw new ArgumentException(
                $"A {height}×{width} image is smaller than the {weights.Length}×{weights.Length} window.",
                nameof(image)
            );
        var dataRange = range ?? Range(truth);
        if (!(dataRange > 0))
            throw new ArgumentException("The data range must be above 0; the truth is constant.", nameof(range));

        var x = Filter(image, image, height, width, weights, false);
        var y = Filter(truth, truth, height, width, weights, false);
        var xx = Filter(image, image, height, width, weights, true);
        var yy = Filter(truth, truth, height, width, weights, true);
        var xy = Filter(image, truth, height, width, weights, true);
        var c1 = 0.01 * dataRange * (0.01 * dataRange);
        var c2 = 0.03 * dataRange * (0.03 * dataRange);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var varianceX = covarianceFactor * (xx[i] - x[i] * x[i]);
            var varianceY = covarianceFactor * (yy[i] - y[i] * y[i]);
            var covariance = covarianceFactor * (xy[i] - x[i] * y[i]);
            sum +=
                (2 * x[i] * y[i] + c1)
                * (2 * covariance + c2)
                / ((x[i] * x[i] + y[i] * y[i] + c1) * (varianceX + varianceY + c2));
        }

        return sum / x.Length;
    }

    // Separable weighted means of a (or a·b) at the pixels whose window lies inside the image.
    private static double[] Filter(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        int height,
        int width,
        double[] weights,
        bool product
    )
    {
        var outWidth = width - weights.Length + 1;
        var outHeight = height - weights.Length + 1;
        var rows = new double[height * outWidth];
        for (var r = 0; r < height; r++)
        for (var c = 0; c < outWidth; c++)
        {
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                var index = r * width + c + i;
                sum += weights[i] * (product ? a[index] * b[index] : a[index]);
            }

            rows[r * outWidth + c] = sum;
        }

        var result = new double[outHeight * outWidth];
        for (var r = 0; r < outHeight; r++)
        for (var i = 0; i < weights.Length; i++)
        for (var c = 0; c < outWidth; c++)
            result[r * outWidth + c] += weights[i] * rows[(r + i) * outWidth + c];
        return result;
    }

    private static double Range(ReadOnlySpan<double> values)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }

        return largest - smallest;
    }
}
