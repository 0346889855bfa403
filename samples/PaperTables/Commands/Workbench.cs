using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Reports;
using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>What every experiment needs, for one set of settings: stores, fingerprints, the plan.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly Campaign _campaign;

    /// <exception cref="IOException">A file is missing, or another process works in the folder.</exception>
    public Workbench(Settings settings)
    {
        // Whatever is wrong shall show now and not after minutes of work.
        if (!File.Exists(settings.Prior))
            throw new FileNotFoundException($"The prior '{settings.Prior}' does not exist; name one with --prior.");
        if (!File.Exists(Path.Combine(settings.Objects, "aberration.npz")))
            throw new FileNotFoundException(
                $"'{settings.Objects}' has no aberration.npz; samples/FourierPtychography makes it, --objects names the folder."
            );
        Directory.CreateDirectory(settings.Output);
        Settings = settings;
        Options = new MethodOptions(settings);
        Fingerprints = new Fingerprints(settings, Options);
        Plan = new Plan(settings);
        Results = new ResultStore(Path.Combine(settings.Output, "cells.jsonl"));
        Pictures = new PictureStore(Path.Combine(settings.Output, "reconstructions"));
        Costs = new CostStore(Path.Combine(settings.Output, "cost.json"));
        _campaign = new Campaign(settings, Options, Fingerprints, Results, Pictures);
    }

    public Settings Settings { get; }

    public MethodOptions Options { get; }

    public Fingerprints Fingerprints { get; }

    public Plan Plan { get; }

    public ResultStore Results { get; }

    public PictureStore Pictures { get; }

    public CostStore Costs { get; }

    /// <summary>Computes the missing cells of some rows and says what it does.</summary>
    public void Compute(string experiment, IEnumerable<PlannedRow> rows, CancellationToken cancellationToken) =>
        Compute(experiment, [.. rows.SelectMany(row => row.Cells)], cancellationToken);

    /// <inheritdoc cref="Compute(string, IEnumerable{PlannedRow}, CancellationToken)"/>
    public void Compute(string experiment, IReadOnlyCollection<Cell> cells, CancellationToken cancellationToken)
    {
        var possible = cells.Where(cell => Fingerprints.IsPossible(cell.Method, cell.Scene)).ToArray();
        var missing = _campaign.Missing(possible);
        CampaignDisplay.Show(
            experiment,
            cells.Count,
            cells.Count - possible.Length,
            missing,
            report => _campaign.Run(missing, report, cancellationToken)
        );
    }

    /// <summary>The valid result of a cell, or null.</summary>
    public CellResult? Find(Cell cell) =>
        Fingerprints.IsPossible(cell.Method, cell.Scene) ? Results.Find(cell, Fingerprints.Of(cell)) : null;

    /// <summary>The measured costs that are of these settings.</summary>
    public IReadOnlyList<CostRow> ValidCosts() =>
        [
            .. Costs.Rows.Where(row =>
            {
                var scene = new Scene(Probes.H, Scans.Raster, row.Overlap, StandardSimulation.PeakCounts);
                return Fingerprints.IsPossible(row.Method, scene)
                    && row.Fingerprint == Fingerprints.Of(new Cell(scene, row.Method, PictureStore.Crop));
            }),
        ];

    /// <summary>Everything that is known for these settings.</summary>
    public Findings Findings() => Reports.Findings.Gather(Plan.All, Find);

    public void Dispose() => Results.Dispose();
}
