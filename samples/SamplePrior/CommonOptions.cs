using System.CommandLine;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Priors;
using Ptycho.Samples.Shared.Commands;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>What every command asks for: the prior, how to compute, the seed.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> prior = NewOption.Of(
        "--prior",
        "The prior.",
        Repository.PathTo("models", "blood-smear-compact.safetensors")
    );
    private readonly Option<ComputePrecision> precision = NewOption.Of(
        "--precision",
        "Arithmetic of the convolutions.",
        ComputePrecision.Float32
    );
    private readonly Option<int?> threads = NewOption.Of<int?>(
        "--threads",
        "Threads of libtorch; its own choice by default.",
        null
    );

    /// <summary>The seed of every random number.</summary>
    public Option<long> Seed { get; } = NewOption.Of("--seed", "Seed of every random number.", 0L);

    public void AddTo(Command command)
    {
        OptionChecks.RequireBetween(threads, 1, 1024);
        foreach (Option option in new Option[] { prior, precision, threads, Seed })
            command.Options.Add(option);
    }

    /// <summary>Sets the threads and loads the prior.</summary>
    public NetworkPrior Load(ParseResult arguments)
    {
        var path = arguments.GetRequiredValue(prior);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The prior '{path}' does not exist; name one with --prior.");
        if (arguments.GetValue(threads) is { } number)
            set_num_threads(number);
        return NetworkPrior.Load(path, precision: arguments.GetValue(precision));
    }
}
