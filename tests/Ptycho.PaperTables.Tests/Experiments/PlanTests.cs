using Ptycho.Samples.PaperTables.Experiments;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.PaperTables.Tests.Experiments;

public class PlanTests
{
    [Test]
    public void TableOneHasEveryMethodAtEveryOverlapOnProbeH()
    {
        var rows = new Plan(Make.Settings("x") with { Crops = 20 }).TableOne().Where(r => r.Scene.Probe == Probes.H);
        Assert.That(rows.Select(r => r.Scene.Overlap).Distinct(), Is.EqualTo(Plan.AllOverlaps));
        foreach (var overlap in rows.GroupBy(r => r.Scene.Overlap))
            Assert.That(overlap.Select(r => r.Method), Is.EqualTo(MethodNames.All));
        Assert.That(rows.Single(r => r.Scene.Overlap == 20 && r.Method == MethodNames.Default).Crops, Is.EqualTo(20));
        Assert.That(rows.Single(r => r.Scene.Overlap == 20 && r.Method == MethodNames.Dps).Crops, Is.EqualTo(4));
    }

    [Test]
    public void WhatTheCommandLineSaysIsTaken()
    {
        var settings = Make.Settings("x") with
        {
            Crops = 6,
            SideCrops = 2,
            Overlaps = [50],
            Methods = [new MethodChoice(MethodNames.Default), new MethodChoice(MethodNames.Best, 3)],
        };
        var rows = new Plan(settings).TableOne().Select(r => (r.Scene.Probe, r.Scene.Overlap, r.Method, r.Crops));
        Assert.That(
            rows,
            Is.EqualTo([
                (Probes.H, 50, MethodNames.Default, 6),
                (Probes.H, 50, MethodNames.Best, 3),
                (Probes.ZonePlate, 50, MethodNames.Default, 2),
                (Probes.ZonePlate, 50, MethodNames.Best, 2),
            ])
        );
    }

    [Test]
    public void TableTwoCrossesTheUNets()
    {
        var rows = new Plan(Make.Settings("x")).TableTwo().ToArray();
        Assert.That(rows.Count(r => MethodNames.UsesUNet(r.Method)), Is.EqualTo(16));
        Assert.That(rows.Count(r => r.Method == MethodNames.Default), Is.EqualTo(4));
    }

    [Test]
    public void ScansUseTheUNetOfTheRaster()
    {
        var rows = new Plan(Make.Settings("x")).ScanTest().ToArray();
        var networks = rows.Where(r => MethodNames.UsesUNet(r.Method)).ToArray();
        Assert.That(networks.Select(r => r.Method), Is.All.EqualTo(MethodNames.UNetTrainedAt(20)));
        Assert.That(networks.Select(r => r.Scene.Scan), Is.EqualTo([Scans.Raster, Scans.Jittered, Scans.Spiral]));
        Assert.That(rows.Select(r => r.Scene.Probe), Does.Contain(Probes.P1));
    }

    [Test]
    public void DoseRunsFromAThousandToAMillion() =>
        Assert.That(
            new Plan(Make.Settings("x")).DoseTest().Select(r => r.Scene.PeakCounts).Distinct(),
            Is.EqualTo([1e3, 1e4, 1e5, 1e6])
        );
}
