using System.CommandLine;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Priors;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>What every command asks for: the prior, how to compute, the seed.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> prior = New(
        "--prior",
        "The prior.",
        Path.Combine("artifacts", "prior", "prior.safetensors")
    );
    private readonly Option<ComputePrecision> precision = New(
        "--precision",
        "Arithmetic of the convolutions.",
        ComputePrecision.Float32
    );
    private readonly Option<int?> threads = New<int?>(
        "--threads",
        "Threads of libtorch; its own choice by default.",
        null
    );

    /// <summary>The seed of every random number.</summary>
    public Option<long> Seed { get; } = New("--seed", "Seed of every random number.", 0L);

    public static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { prior, precision, threads, Seed })
            command.Options.Add(option);
    }

    /// <summary>Sets the threads and loads the prior.</summary>
    public NetworkPrior Load(ParseResult arguments)
    {
        if (arguments.GetValue(threads) is { } number)
            set_num_threads(number);
        return NetworkPrior.Load(arguments.GetValue(prior)!, precision: arguments.GetValue(precision));
    }
}
