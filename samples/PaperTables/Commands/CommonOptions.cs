using System.CommandLine;
using Ptycho.Diffusion.Networks;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>The options that all commands share, and the settings that they make.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> _objects = New(
        "--objects",
        "Folder with the recovered objects, which samples/FourierPtychography makes.",
        Repository.PathTo("artifacts", "objects")
    );

    private readonly Option<string> _prior = New(
        "--prior",
        "The diffusion prior.",
        Repository.PathTo("models", "blood-smear-compact.safetensors")
    );

    private readonly Option<string> _output = New(
        "--out",
        "Folder of results; a run there is gone on with.",
        Repository.PathTo("artifacts", "paper")
    );

    private readonly Option<string?> _unets = New<string?>(
        "--unets",
        "Folder of the trained U-Nets; unets in --out by default.",
        null
    );

    private readonly Option<int> _crops = New("--crops", "Test crops for every row.", 20);

    private readonly Option<int?> _sideCrops = New<int?>(
        "--side-crops",
        "Crops at most of the zone plate's probe, scans and dose; as many by default.",
        null
    );

    private readonly Option<int[]> _overlaps = New<int[]>(
        "--overlaps",
        "Overlaps in percent, such as 20 50; the experiment's own by default.",
        []
    );

    private readonly Option<string[]> _probes = New<string[]>("--probe", "H or ZonePlate or both, for table1.", []);

    private readonly Option<string[]> _methods = New<string[]>(
        "--methods",
        "Such as AWF Default Best:4; the number limits the crops of a method. The experiment's own by default.",
        []
    );

    private readonly Option<int> _dpsSteps = New("--dps-steps", "Noise levels of each DPS reconstruction.", 40);
    private readonly Option<int> _dpsTravel = New("--dps-travel", "Steps that DPS travels back after each.", 2);

    private readonly Option<bool> _dpsFull = New(
        "--dps-full",
        "DPS with the paper's budget: 10,900 guided steps each.",
        false
    );

    private readonly Option<int> _workers = New(
        "--workers",
        "Reconstructions at once; one for each core by default.",
        Environment.ProcessorCount
    );

    private readonly Option<int?> _threads = New<int?>(
        "--threads",
        "Threads of each reconstruction; by default the cores divided by the workers.",
        null
    );

    private readonly Option<ComputePrecision> _precision = New(
        "--precision",
        "Arithmetic of the prior's convolutions.",
        ComputePrecision.Float32
    );

    private readonly Option<ulong> _cropSeed = New("--crop-seed", "Seed of the crops' places and of the counts.", 1UL);
    private readonly Option<ulong> _solverSeed = New("--seed", "Seed of the solvers' random numbers.", 0UL);

    public CommonOptions()
    {
        foreach (var several in (Option[])[_overlaps, _probes, _methods])
            several.AllowMultipleArgumentsPerToken = true;
        _probes.AcceptOnlyFromAmong(Scenes.Probes.H, Scenes.Probes.ZonePlate);
        OptionChecks.RequireBetween(_crops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(_sideCrops, 1, OptionChecks.MaximumCrops);
        OptionChecks.RequireBetween(_overlaps, 0, 95);
        OptionChecks.RequireBetween(_dpsSteps, 2, 1000);
        OptionChecks.RequireBetween(_dpsTravel, 0, 100);
        OptionChecks.RequireBetween(_workers, 1, 1024);
        OptionChecks.RequireBetween(_threads, 1, 1024);
        OptionChecks.Exclude(_dpsSteps, _dpsFull);
        _methods.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                try
                {
                    MethodChoice.Parse(token.Value);
                }
                catch (FormatException e)
                {
                    result.AddError(e.Message);
                }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    public Settings Read(ParseResult arguments)
    {
        var output = arguments.GetRequiredValue(_output);
        var workers = arguments.GetValue(_workers);
        return new Settings
        {
            Objects = arguments.GetRequiredValue(_objects),
            Prior = arguments.GetRequiredValue(_prior),
            Output = output,
            UNets = UNets(arguments),
            Crops = arguments.GetValue(_crops),
            SideCrops = arguments.GetValue(_sideCrops),
            Overlaps = arguments.GetRequiredValue(_overlaps),
            Probes = arguments.GetRequiredValue(_probes),
            Methods = [.. arguments.GetRequiredValue(_methods).Select(MethodChoice.Parse)],
            DpsSteps = arguments.GetValue(_dpsSteps),
            DpsTravel = arguments.GetValue(_dpsTravel),
            DpsFull = arguments.GetValue(_dpsFull),
            Workers = workers,
            Threads = arguments.GetValue(_threads) ?? Math.Max(1, Environment.ProcessorCount / workers),
            Precision = arguments.GetValue(_precision),
            CropSeed = arguments.GetValue(_cropSeed),
            SolverSeed = arguments.GetValue(_solverSeed),
        };
    }

    /// <summary>The options that say where things lie, for commands that need no more.</summary>
    public Option[] Places => [_objects, _output, _unets];

    /// <summary>The options that say where objects and prior lie.</summary>
    public Option[] SearchPlaces => [_objects, _prior];

    public string Prior(ParseResult arguments) => arguments.GetRequiredValue(_prior);

    public string Objects(ParseResult arguments) => arguments.GetRequiredValue(_objects);

    public string UNets(ParseResult arguments) =>
        arguments.GetValue(_unets) ?? Path.Combine(arguments.GetRequiredValue(_output), "unets");

    private Option[] All =>
        [
            _objects,
            _prior,
            _output,
            _unets,
            _crops,
            _sideCrops,
            _overlaps,
            _probes,
            _methods,
            _dpsSteps,
            _dpsTravel,
            _dpsFull,
            _workers,
            _threads,
            _precision,
            _cropSeed,
            _solverSeed,
        ];

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
