namespace Ptycho.Diffusion.Schedules;

/// <summary>The β of each kind of schedule.</summary>
internal static class ScheduleBetas
{
    private const double Largest = 0.999;

    public static double[] Compute(ScheduleDefinition definition) =>
        definition.Kind switch
        {
            ScheduleKind.Linear => Linear(definition),
            ScheduleKind.Cosine => Cosine(definition),
            ScheduleKind.Betas => Given(definition),
            _ => throw new ArgumentException($"The schedule kind {definition.Kind} is not known.", nameof(definition)),
        };

    private static double[] Linear(ScheduleDefinition definition)
    {
        var (start, end, steps) = (definition.BetaStart, definition.BetaEnd, definition.Steps);
        if (!(start > 0 && start < 1))
            throw new ArgumentOutOfRangeException(nameof(definition), start, "BetaStart must be in (0, 1).");
        if (!(end >= start && end < 1))
            throw new ArgumentOutOfRangeException(nameof(definition), end, "BetaEnd must be in [BetaStart, 1).");
        var scale = 1000.0 / steps;
        var betas = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var u = steps == 1 ? 1 : i / (double)(steps - 1);
            betas[i] = Math.Min(scale * (start + (end - start) * u), Largest);
        }
        return betas;
    }

    private static double[] Cosine(ScheduleDefinition definition)
    {
        var betas = new double[definition.Steps];
        for (var i = 0; i < betas.Length; i++)
        {
            var before = Level(i);
            var after = Level(i + 1);
            betas[i] = Math.Min(1 - after / before, Largest);
        }
        return betas;

        double Level(int i)
        {
            var u = i / (double)definition.Steps;
            var cosine = Math.Cos((u + definition.Offset) / (1 + definition.Offset) * Math.PI / 2);
            return cosine * cosine;
        }
    }

    private static double[] Given(ScheduleDefinition definition)
    {
        var betas = definition.Betas.IsDefault ? [] : definition.Betas.ToArray();
        if (betas.Length != definition.Steps)
            throw new ArgumentException(
                $"The schedule names {definition.Steps} steps but gives {betas.Length} values of β.",
                nameof(definition)
            );
        for (var i = 0; i < betas.Length; i++)
            if (!(betas[i] > 0 && betas[i] < 1))
                throw new ArgumentException(
                    $"β of step {i + 1} is {betas[i]}; every β must be in (0, 1).",
                    nameof(definition)
                );
        return betas;
    }
}
