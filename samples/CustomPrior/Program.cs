using System.CommandLine;
using Ptycho.Diffusion.Sampling;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Samples.CustomPrior;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers;
using Ptycho.Solvers.Classical;
using TorchSharp;

var picture = new Argument<string>("picture")
{
    Description = "The picture to write.",
    DefaultValueFactory = _ => "custom-prior.png",
};
var size = NewOption.Of("--size", "Rows and columns of the object.", 128);
var root = new RootCommand("Reconstructs and samples with a prior that is no network.") { picture, size };
root.SetAction(parsed => Guarded.Run(() => Run(parsed.GetRequiredValue(picture), parsed.GetRequiredValue(size))));
return await SampleProgram.Run(root, args);

static void Run(string picture, int size)
{
    using var scope = torch.NewDisposeScope();
    var prior = Learning.Learn(size, count: 64, firstSeed: 100);
    var drawn = prior.Transform.ToObject(PriorSampler.Ddim(prior).Sample(1, size, size, seed: 1))[0].ToField();

    var truth = BloodSmearPhantom.Create(size, size, seed: 5);
    var scan = RasterScan.Clamped(size, size, 32, 32, RasterScan.StepFromOverlap(0.2, 32));
    var measurement = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, 1e5, 6);
    var classical = new AwfSolver().Solve(measurement);
    var result = Ptychography.Reconstruct(measurement, prior);
    Console.WriteLine($"{result.Solver}: {result.Reason}");

    var fields = new[] { truth, classical.Object, result.Object, drawn };
    string[] captions = ["", Error(1), Error(2), "from noise alone"];
    double[] turns = [0, Turn(1), Turn(2), 0];
    var (range, radians) = (new ValueRange(0, 1.4), new ValueRange(-1, 1));
    var magnitudes = fields.Select((f, i) => new FigurePanel(FieldImage.Magnitude(f, range)) { Caption = captions[i] });
    var phases = fields.Select((f, i) => FieldImage.Phase(f, turns[i], ColorMap.Viridis, radians));
    var sheet = new FigureSheet(
        ["Phantom", classical.Solver, "Own prior", "A sample of it"],
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
    Console.WriteLine($"{classical.Solver}: {captions[1]}; own prior: {captions[2]}. See {picture}.");

    string Error(int i) => $"NRMSE {ReconstructionMetrics.Nrmse(fields[i], truth):F3}";
    double Turn(int i) => -ReconstructionMetrics.GlobalPhase(fields[i], truth).Phase;
}
