using Ptycho.IO;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.PostProcessing;

namespace Ptycho.Solvers.Tests.PostProcessing;

/// <summary>Smooth objects, and "reconstructions" of them with stripes of one pixel, which a network can take off.</summary>
internal sealed class StripedPairs(int size, ulong seed = 1, float stripe = 0.2f) : IPairSource
{
    private int _made;

    public int Size => size;

    public string Identity => FormattableString.Invariant($"stripes {size} {seed} {stripe}");

    /// <summary>How many pairs were made.</summary>
    public int Made => _made;

    public ReconstructionPair Create(ulong index, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _made);
        var random = new StableRandom(seed + 1000 * index);
        var (a, b, level) = (random.NextDouble(), random.NextDouble(), 0.6 + 0.4 * random.NextDouble());
        var (input, target) = (new ComplexField(size, size), new ComplexField(size, size));
        for (var row = 0; row < size; row++)
        for (var column = 0; column < size; column++)
        {
            target[row, column] = new(level + 0.1 * Math.Sin(a * row), 0.1 * Math.Cos(b * column));
            input[row, column] = target[row, column] + (row % 2 == 0 ? stripe : -stripe);
        }
        return new ReconstructionPair(input, target);
    }
}
