using System.Text.Json;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>The numbers behind every method; they go with every figure and decide which results are still valid.</summary>
internal sealed class MethodOptions
{
    /// <summary>The iterations among which AWF's best is sought.</summary>
    public static readonly int[] AwfIterationsTried = [20, 50, 100, 200, 300, 500, 1000, 2000];

    private const int RpieIterations = 1000;
    private const int AwfIterations = 300;
    private const int AwfLongIterations = 1000;

    // The strength that is used as the annealed solver's own start.
    private static readonly double Smoothness = AnnealedOptions.Default.WarmStartSmoothness;

    public MethodOptions(Settings settings)
    {
        var seed = settings.SolverSeed;
        Rpie = new RpieOptions
        {
            Stop = new StopRules { Iterations = RpieIterations },
            Seed = seed,
        };
        Awf = new AwfOptions
        {
            Stop = new StopRules { Iterations = AwfIterations },
            Threads = settings.Threads,
        };
        AwfLong = Awf with { Stop = new StopRules { Iterations = AwfLongIterations } };
        AwfSmooth = Awf with { Smoothness = Smoothness };
        var guidance = settings.DpsFull
            ? DpsOptions.Paper
            : new DpsOptions { Steps = settings.DpsSteps, TravelLength = settings.DpsTravel };
        Dps = guidance with { Seed = seed };
        Fast = AnnealedOptions.Fast with { Seed = seed };
        Default = AnnealedOptions.Default with { Seed = seed };
        Best = AnnealedOptions.Best with { Seed = seed };
    }

    public RpieOptions Rpie { get; }

    public AwfOptions Awf { get; }

    public AwfOptions AwfLong { get; }

    public AwfOptions AwfSmooth { get; }

    public DpsOptions Dps { get; }

    public AnnealedOptions Fast { get; }

    public AnnealedOptions Default { get; }

    public AnnealedOptions Best { get; }

    /// <summary>A method's options as JSON; threads change no result and are left out.</summary>
    public JsonElement Describe(string method) =>
        method switch
        {
            MethodNames.Rpie => Json(Rpie),
            MethodNames.Awf => Json(Awf with { Threads = 0 }),
            MethodNames.AwfLong => Json(AwfLong with { Threads = 0 }),
            MethodNames.AwfBest => Json(new { Options = Awf with { Threads = 0 }, AwfIterationsTried }),
            MethodNames.AwfSmooth => Json(AwfSmooth with { Threads = 0 }),
            MethodNames.Dps => Json(Dps),
            MethodNames.Fast => Json(Fast),
            MethodNames.Default => Json(Default),
            MethodNames.Best => Json(Best),
            _ => Json(new { }),
        };

    private static JsonElement Json<T>(T options) => JsonSerializer.SerializeToElement(options, JsonOutput.Options);
}
