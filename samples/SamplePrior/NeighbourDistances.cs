namespace Ptycho.Samples.SamplePrior;

/// <summary>Relative distances to the nearest neighbour among the training images.</summary>
/// <param name="Samples">Of the samples.</param>
/// <param name="ValidationCrops">Of real crops that were not trained on: what something new looks like.</param>
/// <param name="TrainingCrops">Of crops that were trained on: what a memory looks like.</param>
internal sealed record NeighbourDistances(Quartiles Samples, Quartiles ValidationCrops, Quartiles TrainingCrops);

/// <summary>The smallest, the quartiles and the largest.</summary>
internal sealed record Quartiles(double Smallest, double Lower, double Median, double Upper, double Largest)
{
    public static Quartiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var (low, high) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
            return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
        }
        return new(At(0), At(0.25), At(0.5), At(0.75), At(1));
    }
}
