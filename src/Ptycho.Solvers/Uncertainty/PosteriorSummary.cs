using System.Collections.Immutable;
using Ptycho.IO;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>
/// What posterior samples say of each pixel. Planes are [H, W], row-major. Phases are taken relative to the mean's, so that
/// they do not wrap in between.
/// </summary>
public sealed record PosteriorSummary
{
    private static readonly ImmutableArray<double> s_probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>The samples' mean: the estimate of least expected squared error, and the one to show.</summary>
    public required ComplexField Mean { get; init; }

    /// <summary>√(E|f − mean|²), unbiased.</summary>
    public required float[] Deviation { get; init; }

    /// <summary>Standard deviation of the magnitude.</summary>
    public required float[] MagnitudeDeviation { get; init; }

    /// <summary>Standard deviation of the phase, radians.</summary>
    public required float[] PhaseDeviation { get; init; }

    /// <summary>Quantiles of the magnitude.</summary>
    public required PixelBand Magnitude { get; init; }

    /// <summary>Quantiles of the phase less that of <see cref="Mean"/>, radians.</summary>
    public required PixelBand Phase { get; init; }

    /// <summary>The sample that fits the data best.</summary>
    public required ComplexField Best { get; init; }

    /// <summary>Energy of each sample under the likelihood.</summary>
    public required IReadOnlyList<double> Energies { get; init; }

    /// <summary>Samples.</summary>
    public int Count => Energies.Count;

    /// <summary>Summarises samples.</summary>
    /// <param name="samples">complex64 [C, H, W] with C at least 2, aligned in their global phase; stays the caller's.</param>
    /// <param name="problem">The experiment.</param>
    /// <param name="probabilities">Of the quantiles, rising, in 0…1; .05, .25, .5, .75, .95 if not given.</param>
    public static PosteriorSummary Of(
        Tensor samples,
        PosteriorProblem problem,
        IReadOnlyList<double>? probabilities = null
    )
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(problem);
        if (samples.shape is not [>= 2, _, _])
            throw new ArgumentException(
                $"At least 2 samples [C, H, W] are needed, not [{string.Join(", ", samples.shape)}].",
                nameof(samples)
            );
        ImmutableArray<double> chosen = probabilities is null ? s_probabilities : [.. probabilities];
        foreach (var p in chosen)
            if (!(p is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(probabilities), p, "A probability must be in 0…1.");
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var mean = samples.mean([0]);
        var magnitude = samples.abs();
        var phase = (samples * mean.conj_physical()).angle();
        var energies = Energy(samples, problem);
        var spread = (samples - mean).abs().square().sum(0L) / (double)(samples.shape[0] - 1);
        return new PosteriorSummary
        {
            Mean = mean.cpu().ToField(),
            Deviation = Plane(spread.sqrt()),
            MagnitudeDeviation = Plane(magnitude.std(0)),
            PhaseDeviation = Plane(phase.std(0)),
            Magnitude = new PixelBand(chosen, [.. chosen.Select(p => Quantile(magnitude, p))]),
            Phase = new PixelBand(chosen, [.. chosen.Select(p => Quantile(phase, p))]),
            Best = samples[energies.IndexOf(energies.Min())].cpu().ToField(),
            Energies = energies,
        };
    }

    private static List<double> Energy(Tensor samples, PosteriorProblem problem)
    {
        var energies = new List<double>();
        for (long b = 0; b < samples.shape[0]; b++)
        {
            using var step = NewDisposeScope();
            var farField = problem.Operator.Forward(samples.narrow(0, b, 1).to(problem.Device));
            energies.Add(problem.Likelihood.Energy(farField).ToDouble());
        }
        return energies;
    }

    private static float[] Quantile(Tensor values, double probability) =>
        Plane(values.quantile(tensor((float)probability, device: values.device), 0));

    private static float[] Plane(Tensor values) => values.cpu().contiguous().data<float>().ToArray();
}
