using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Runs;

namespace Ptycho.PaperTables.Tests.Runs;

public class FingerprintsTests
{
    [Test]
    public void AnotherPriorInvalidatesWhatUsesItAlone()
    {
        using var folder = With("prior");
        var before = Make.Settings(folder.Path);
        var (awf, annealed) = (Of(before, MethodNames.Awf), Of(before, MethodNames.Default));
        File.WriteAllText(folder.File("prior.safetensors"), "another");
        Assert.That(Of(before, MethodNames.Awf), Is.EqualTo(awf));
        Assert.That(Of(before, MethodNames.Default), Is.Not.EqualTo(annealed));
    }

    [Test]
    public void AnOptionInvalidatesItsMethodAlone()
    {
        using var folder = With("prior");
        var (before, after) = (Make.Settings(folder.Path), Make.Settings(folder.Path) with { DpsSteps = 50 });
        Assert.That(Of(after, MethodNames.Dps), Is.Not.EqualTo(Of(before, MethodNames.Dps)));
        Assert.That(Of(after, MethodNames.Default), Is.EqualTo(Of(before, MethodNames.Default)));
        Assert.That(Of(after, MethodNames.Rpie), Is.EqualTo(Of(before, MethodNames.Rpie)));
    }

    [Test]
    public void SeedsObjectAndPrecisionMatterAndThreadsDoNot()
    {
        using var folder = With("prior");
        var settings = Make.Settings(folder.Path);
        var fingerprint = Of(settings, MethodNames.Default);
        Assert.That(Of(settings with { Threads = 7, Workers = 3 }, MethodNames.Default), Is.EqualTo(fingerprint));
        Assert.That(Of(settings with { CropSeed = 9 }, MethodNames.Default), Is.Not.EqualTo(fingerprint));
        Assert.That(Of(settings with { SolverSeed = 9 }, MethodNames.Default), Is.Not.EqualTo(fingerprint));
        Assert.That(
            Of(settings with { Precision = Ptycho.Diffusion.Networks.ComputePrecision.BFloat16 }, MethodNames.Default),
            Is.Not.EqualTo(fingerprint)
        );
        File.WriteAllText(folder.File("aberration.npz"), "another object");
        Assert.That(Of(settings, MethodNames.Default), Is.Not.EqualTo(fingerprint));
    }

    [Test]
    public void AUNetIsPossibleWhereItsFileIs()
    {
        using var folder = With("prior");
        var settings = Make.Settings(folder.Path);
        var fingerprints = new Fingerprints(settings, new MethodOptions(settings));
        Assert.That(fingerprints.IsPossible(MethodNames.UNet, Make.Scene(20)), Is.False);
        File.WriteAllText(folder.File("unet-20.safetensors"), "a network");
        Assert.That(fingerprints.IsPossible(MethodNames.UNet, Make.Scene(20)), Is.True);
        Assert.That(fingerprints.IsPossible(MethodNames.UNet, Make.Scene(38)), Is.False);
        Assert.That(fingerprints.IsPossible(MethodNames.UNetTrainedAt(20), Make.Scene(38)), Is.True);
    }

    private static string Of(Settings settings, string method) =>
        new Fingerprints(settings, new MethodOptions(settings)).Of(new Cell(Make.Scene(), method, 1));

    private static TemporaryFolder With(string prior)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("prior.safetensors"), prior);
        File.WriteAllText(folder.File("aberration.npz"), "an object");
        return folder;
    }
}
