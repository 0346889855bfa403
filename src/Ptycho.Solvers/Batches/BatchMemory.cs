using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Batches;

/// <summary>What objects in work take of memory, by their shapes, and how many go together.</summary>
internal static class BatchMemory
{
    private const int Complex = 8;

    // The plans of data step and residual, and the copies of operator and likelihood.
    private const int FrameCopies = 4;

    // Estimate, momentum, prior, the gradients of up to eight parts and some room.
    private const int ObjectCopies = 20;
    private const int StateCopies = 8;

    // Estimate, momentum, sum, what was good, and products on their way.
    private const int TensorCopies = 8;

    /// <summary>Bytes of an object in a solver on the CPU.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="chains">Chains of a solver with a prior, or 0.</param>
    internal static long OnProcessors(Measurement measurement, int chains) =>
        Frames(measurement, FrameCopies)
        + Plane(measurement) * Complex * ObjectCopies
        + (long)measurement.ObjectHeight * measurement.ObjectWidth * Complex * StateCopies * chains;

    /// <summary>Bytes of an object in a stack of tensors, without those of frames that are under way.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="more">Planes of the object beyond those that every solver has.</param>
    internal static long InTensors(Measurement measurement, int more = 0) =>
        Frames(measurement, 1) + Plane(measurement) * Complex * (TensorCopies + more);

    /// <summary>Cuts objects, in their order, into groups that fit.</summary>
    /// <param name="objects">Their indices.</param>
    /// <param name="bytes">What each takes.</param>
    /// <param name="limit">Bytes of a group; an object that is larger is a group of its own.</param>
    /// <param name="most">Objects of a group at most.</param>
    internal static IEnumerable<int[]> Groups(IEnumerable<int> objects, Func<int, long> bytes, long limit, int most)
    {
        var group = new List<int>();
        var sum = 0L;
        foreach (var index in objects)
        {
            var own = bytes(index);
            if (group.Count > 0 && (group.Count == most || sum + own > limit))
            {
                yield return [.. group];
                (group, sum) = ([], 0);
            }
            group.Add(index);
            sum += own;
        }
        if (group.Count > 0)
            yield return [.. group];
    }

    private static long Frames(Measurement measurement, int copies) =>
        (long)measurement.Data.FrameCount * measurement.Data.Height * measurement.Data.Width * sizeof(float) * copies;

    // Windows may overhang on all sides.
    private static long Plane(Measurement measurement) =>
        (measurement.ObjectHeight + 2L * measurement.Data.Height)
        * (measurement.ObjectWidth + 2L * measurement.Data.Width);
}
