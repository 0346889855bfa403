using System.CommandLine;
using Ptycho.Diffusion.Priors;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Samples.CustomOperator;
using Ptycho.Samples.Shared.Commands;

var picture = new Argument<string>("picture")
{
    Description = "The picture to write.",
    DefaultValueFactory = _ => "custom-operator.png",
};
var size = NewOption.Of("--size", "Rows and columns of the object.", 128);
var root = new RootCommand(
    "Reconstructs from coded diffraction patterns, by an operator that the library does not have."
)
{
    picture,
    size,
};
root.SetAction(parsed => Guarded.Run(() => Run(parsed.GetRequiredValue(picture), parsed.GetRequiredValue(size))));
return await SampleProgram.Run(root, args);

static void Run(string picture, int size)
{
    using var prior = NetworkPrior.Load(Repository.PathTo("models", "blood-smear-compact.safetensors"));
    var truth = BloodSmearPhantom.Create(size, size, seed: 5);
    int[] counts = [1, 2, 4];
    var results = counts.Select(count => Experiment.Run(truth, count, prior)).ToArray();
    Console.WriteLine($"adjoint: mismatch {results.Max(result => result.Mismatch):E1}");

    var fields = results.Select(result => result.Object).Prepend(truth).ToArray();
    var captions = fields.Select(field => $"NRMSE {ReconstructionMetrics.Nrmse(field, truth):F3}").ToArray();
    captions[0] = "";
    var (range, radians) = (new ValueRange(0, 1.4), new ValueRange(-1, 1));
    var magnitudes = fields.Select((f, i) => new FigurePanel(FieldImage.Magnitude(f, range)) { Caption = captions[i] });
    var phases = fields.Select(f =>
        FieldImage.Phase(f, -ReconstructionMetrics.GlobalPhase(f, truth).Phase, ColorMap.Viridis, radians)
    );
    var sheet = new FigureSheet(
        ["Phantom", .. counts.Select(count => count == 1 ? "1 mask" : $"{count} masks")],
        [
            new("magnitude", [.. magnitudes], ColorBar.Linear(ColorMap.Gray, range)),
            new(
                "phase",
                [.. phases.Select(image => new FigurePanel(image))],
                ColorBar.Linear(ColorMap.Viridis, radians, "rad")
            ),
        ]
    );
    PngFile.Write(picture, sheet.Render());
    Console.WriteLine($"{string.Join(", ", counts.Zip(captions[1..], (n, e) => $"{n}: {e}"))}. See {picture}.");
}
