using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// Standard normal states [C, 2, H, W]. Each chain has its own generator, so that its noise does not depend on which
/// others run beside it. They draw on the CPU, so that a seed means the same noise on every device.
/// </summary>
internal sealed class NoiseSource : IDisposable
{
    private readonly Generator[] _generators;
    private readonly long[] _shape;
    private readonly Device _device;

    internal NoiseSource(ulong seed, int chains, PosteriorProblem problem)
        : this(ChainSeeds(seed, 0, chains), problem) { }

    internal NoiseSource(IReadOnlyList<ulong> seeds, PosteriorProblem problem)
    {
        _generators = [.. seeds.Select(seed => new Generator(seed, CPU))];
        _shape = [1, 2, problem.Operator.ObjectShape.Height, problem.Operator.ObjectShape.Width];
        _device = problem.Device;
    }

    /// <summary>States drawn so far.</summary>
    internal long Draws { get; private set; }

    /// <summary>Seeds of some of a run's chains; the first chain's is the run's own.</summary>
    internal static ulong[] ChainSeeds(ulong seed, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(chain => chain == 0 ? seed : Mix(seed, (ulong)chain))];

    internal Tensor Next()
    {
        using var scope = NewDisposeScope();
        Draws++;
        var states = new List<Tensor>(_generators.Length);
        foreach (var generator in _generators)
            states.Add(randn(_shape, float32, generator: generator));
        return (states.Count == 1 ? states[0] : cat(states)).to(_device).MoveToOuterDisposeScope();
    }

    /// <summary>Goes to the place where so many states have been drawn.</summary>
    internal void SkipTo(long draws)
    {
        while (Draws < draws)
            Next().Dispose();
    }

    public void Dispose()
    {
        foreach (var generator in _generators)
            generator.Dispose();
    }

    // SplitMix64's finaliser; torch's generator keeps the low 32 bits.
    private static ulong Mix(ulong seed, ulong chain)
    {
        var z = seed + (chain * 0x9E37_79B9_7F4A_7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}
