using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.Samples.Shared.Commands;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>Draws samples, and writes them as a sheet (PNG) and as numbers (npz).</summary>
internal sealed class DrawCommand
{
    private readonly CommonOptions common = new();
    private readonly Option<string> output = NewOption.Of(
        "--out",
        "Folder for samples.png and samples.npz.",
        Path.Combine("artifacts", "samples")
    );
    private readonly Option<SamplingMethod> method = NewOption.Of(
        "--method",
        "How to sample.",
        SamplingMethod.DpmSolver
    );
    private readonly Option<int?> steps = NewOption.Of<int?>(
        "--steps",
        "Questions to the network for each sample; by default 25 (DpmSolver), 100 (Ddim), all levels (Ddpm).",
        null
    );
    private readonly Option<double> eta = NewOption.Of("--eta", "Fresh noise in DDIM, 0 to 1.", 0.0);
    private readonly Option<int> count = NewOption.Of("--count", "Samples.", 16);
    private readonly Option<int> size = NewOption.Of("--size", "Pixels on a sample's side.", 128);

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        common.AddTo(command);
        OptionChecks.RequireBetween(steps, 1, 1000);
        OptionChecks.RequireBetween(count, 1, 100_000);
        OptionChecks.RequireBetween(size, 8, 4096);
        foreach (Option option in new Option[] { output, method, steps, eta, count, size })
            command.Options.Add(option);
        command.SetAction((a, token) => Guarded.Run(() => Run(a, token)));
    }

    private void Run(ParseResult a, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        using var prior = common.Load(a);
        var multiple = prior.Network.SizeMultiple;
        if (a.GetValue(size) % multiple != 0)
            throw new ArgumentException(
                $"--size must be a multiple of {multiple} for this prior, not {a.GetValue(size)}."
            );
        if (a.GetValue(eta) is not (>= 0 and <= 1))
            throw new ArgumentException($"--eta must be 0 to 1, not {a.GetValue(eta)}.");
        var sampler = a.GetValue(method).Sampler(prior, a.GetValue(steps), a.GetValue(eta));
        var (number, side, seed) = (a.GetValue(count), a.GetValue(size), a.GetValue(common.Seed));
        var clock = Stopwatch.StartNew();
        var channels = SampleDrawing.Draw(
            sampler,
            number,
            side,
            seed,
            done => Console.WriteLine($"{done} of {number} samples"),
            cancellationToken
        );
        var folder = Directory.CreateDirectory(a.GetValue(output)!).FullName;
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{a.GetValue(method)}, {sampler.Levels.Count} steps, seed {seed}"
        );
        var picture = Path.Combine(folder, "samples.png");
        PngFile.Write(picture, Sheet(note, (int)channels.shape[^1]).Render(channels, prior.Transform));
        var numbers = Path.Combine(folder, "samples.npz");
        NpzFile.Write(numbers, Arrays(channels, prior.Transform.ToObject(channels)));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{note}: {number} samples in {clock.Elapsed.TotalSeconds:F1} s, in {picture} and {numbers}"
            )
        );
    }

    // Colour bars have no room beside a picture of 32 pixels.
    private static SampleSheet Sheet(string title, int side) =>
        new()
        {
            Columns = 8,
            Title = title,
            Enlargement = Math.Max(1, 128 / side),
        };

    private static Dictionary<string, NumericArray> Arrays(Tensor channels, Tensor objects)
    {
        int[] shape = [.. channels.shape.Select(n => (int)n)];
        var pairs = view_as_real(objects.resolve_conj()).contiguous().data<float>().ToArray();
        return new(StringComparer.Ordinal)
        {
            ["object"] = NumericArray.CreateComplex64(pairs, shape[0], shape[2], shape[3]),
            ["channels"] = NumericArray.Create<float>(channels.contiguous().data<float>().ToArray(), shape),
        };
    }
}
