using Ptycho.Diffusion.Priors;
using Ptycho.IO.Png;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers;
using Ptycho.Solvers.Reports;

if (args is [['-', ..] option, ..])
{
    Console.WriteLine(
        "Usage: Quickstart [PICTURE.png]. Two reconstructions of 25 patterns, as a picture and as a page beside it."
    );
    return option is "--help" or "-h" ? 0 : 1;
}

// 25 diffraction patterns of a blood smear, with 20 % overlap; the file also has the object they were simulated from.
var file = Path.Combine(AppContext.BaseDirectory, "measurement.npz");
var measurement = MeasurementFile.Read(file);
var truth = MeasurementFile.ReadTruth(file)!;

// What the data say by themselves: managed code, no libtorch, a second.
var alone = Ptychography.Reconstruct(measurement);

// The same data with a prior that knows what blood smears look like.
using var prior = NetworkPrior.Load(Path.Combine(AppContext.BaseDirectory, "prior.safetensors"));
var result = Ptychography.Reconstruct(measurement, prior);

foreach (var found in new[] { alone, result })
{
    var error = ReconstructionMetrics.Nrmse(found.Object, truth);
    Console.WriteLine($"{found.Solver}: error {error:F3}, {found.ComputeTime.TotalSeconds:F1} s. {found.Reason}");
}
var picture = args.Length > 0 ? args[0] : "quickstart.png";
var report = new ReconstructionReport(measurement, result)
{
    Title = "25 patterns, 20 % overlap",
    Before = alone.Object,
    BeforeName = $"{alone.Solver}, no prior",
};
PngFile.Write(picture, report.ToFigure().Render());
report.Write(Path.ChangeExtension(picture, ".html"));
Console.WriteLine($"See {picture}, and in a browser {Path.ChangeExtension(picture, ".html")}.");
return 0;
