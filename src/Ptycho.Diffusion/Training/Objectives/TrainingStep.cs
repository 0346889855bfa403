using Ptycho.Diffusion.Data;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>Names a step, so that everything random in it can be a function of it.</summary>
/// <param name="Step">Steps taken before, from 0.</param>
/// <param name="Part">Part of the step when gradients are accumulated over several, from 0.</param>
/// <param name="Parts">Number of parts.</param>
/// <param name="Seed">The run's seed.</param>
public readonly record struct TrainingStep(long Step, int Part, int Parts, ulong Seed)
{
    /// <summary>A seed for one purpose in this part of this step.</summary>
    public ulong SeedFor(ulong purpose) =>
        SplitMix64.Key(Seed, purpose, checked((ulong)Step * (ulong)Parts + (ulong)Part));

    /// <summary>A seed for one purpose that all parts of this step share.</summary>
    public ulong SharedSeedFor(ulong purpose) => SplitMix64.Key(Seed, ~purpose, (ulong)Step);
}
