using System.Globalization;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>The settings that change a cost, as arguments for another process.</summary>
internal static class CostArguments
{
    public static IEnumerable<string> Of(Settings settings)
    {
        yield return "--objects";
        yield return settings.Objects;
        yield return "--prior";
        yield return settings.Prior;
        yield return "--out";
        yield return settings.Output;
        yield return "--unets";
        yield return settings.UNets;
        yield return "--threads";
        yield return Text(settings.Threads);
        yield return "--precision";
        yield return settings.Precision.ToString();
        yield return "--crop-seed";
        yield return Text(settings.CropSeed);
        yield return "--seed";
        yield return Text(settings.SolverSeed);
        if (settings.DpsFull)
        {
            yield return "--dps-full";
        }
        else
        {
            yield return "--dps-steps";
            yield return Text(settings.DpsSteps);
            yield return "--dps-travel";
            yield return Text(settings.DpsTravel);
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
