using Ptycho.Diffusion.Priors;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;

// 25 diffraction patterns of a blood smear, with 20 % overlap; the file also has the object they were simulated from.
var file = Path.Combine(AppContext.BaseDirectory, "measurement.npz");
var measurement = MeasurementFile.Read(file);
var truth = MeasurementFile.ReadTruth(file)!;

// A classical solver: managed code, no libtorch, a second.
var classical = new AwfSolver().Solve(measurement);

// The same data with a prior that knows what blood smears look like.
using var prior = NetworkPrior.Load(Path.Combine(AppContext.BaseDirectory, "prior.safetensors"));
var result = new AnnealedSolver(prior).Solve(measurement);

// The patterns leave one phase open: it is turned to that of the truth.
var range = new ValueRange(0, 1.4);
var columns = new[] { truth, classical.Object, result.Object };
var phases = columns.Select(field => -ReconstructionMetrics.GlobalPhase(field, truth).Phase).ToArray();
var errors = columns.Select(field => $"NRMSE {ReconstructionMetrics.Nrmse(field, truth):F3}").ToArray();
var sheet = new FigureSheet(
    ["Truth", classical.Solver, "With a prior"],
    [
        new(
            "Magnitude",
            [.. columns.Select((f, i) => new FigurePanel(FieldImage.Magnitude(f, range)) { Caption = errors[i] })]
        ),
        new("Phase", [.. columns.Select((f, i) => new FigurePanel(FieldImage.Phase(f, phases[i])))]),
    ]
);
var picture = args.Length > 0 ? args[0] : "quickstart.png";
PngFile.Write(picture, sheet.Render());
Console.WriteLine($"{classical.Solver}: {errors[1]}; with a prior: {errors[2]}. See {picture}.");
