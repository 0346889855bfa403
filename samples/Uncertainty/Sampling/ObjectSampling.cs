using Ptycho.Diffusion.Priors;
using Ptycho.Samples.Shared.Scenes;
using Ptycho.Samples.Uncertainty.Commands;
using Ptycho.Samples.Uncertainty.Results;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Samples.Uncertainty.Sampling;

/// <summary>Samples the posterior of each object, and keeps it in a file from which a later run goes on.</summary>
internal sealed class ObjectSampling(Settings settings, IPrior prior)
{
    private const double PeakCounts = 1e5;

    private PosteriorOptions Options =>
        new()
        {
            Chains = settings.Chains,
            Levels = settings.Levels,
            Seed = settings.Run.Seed,
        };

    public IReadOnlyList<SampledObject> Run(
        ObjectSource source,
        IProgress<ReconstructionProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var files = new ObjectFiles(settings, Options);
        var objects = new List<SampledObject>();
        for (var index = 1; index <= settings.Count; index++)
        {
            if (files.Read(index) is not { } found)
            {
                var truth = source.Take(index);
                var measurement = Simulation.Measure(
                    truth,
                    settings.Overlap,
                    PeakCounts,
                    settings.Run.Seed + (ulong)index
                );
                var relay = new Relay(progress, Options, objects.Count, settings.Count);
                var sampler = new PosteriorSampler(prior, Options)
                {
                    Checkpoint = new CheckpointOptions { Path = files.Checkpoint(index) },
                };
                var summary = sampler.Run(measurement, device: null, relay, cancellationToken);
                found = new SampledObject(truth, summary);
                files.Write(index, found);
                File.Delete(files.Checkpoint(index));
            }
            objects.Add(found);
        }
        return objects;
    }

    /// <summary>Levels of all batches of all objects, as iterations.</summary>
    private sealed class Relay(
        IProgress<ReconstructionProgress> target,
        PosteriorOptions options,
        int before,
        int count
    ) : IProgress<PosteriorProgress>
    {
        private readonly int _batches = (options.Chains + options.LargestBatch - 1) / options.LargestBatch;

        public void Report(PosteriorProgress value)
        {
            var batch = value.ChainsDone / options.LargestBatch;
            var done = (before * _batches + batch) * value.Levels + value.Step;
            target.Report(new ReconstructionProgress(done, count * _batches * value.Levels, value.Residual));
        }
    }
}
