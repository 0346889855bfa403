using Ptycho.Samples.PaperTables.Methods;

namespace Ptycho.PaperTables.Tests.Methods;

public class MethodChoiceTests
{
    [Test]
    public void ANameAndANameWithALimitAreRead()
    {
        Assert.That(MethodChoice.Parse("awf"), Is.EqualTo(new MethodChoice(MethodNames.Awf)));
        Assert.That(MethodChoice.Parse("Best:4"), Is.EqualTo(new MethodChoice(MethodNames.Best, 4)));
        Assert.That(MethodChoice.Parse("Best:4").Crops(20), Is.EqualTo(4));
        Assert.That(MethodChoice.Parse("Best:4").Crops(2), Is.EqualTo(2));
        Assert.That(MethodChoice.Parse("Best").Crops(20), Is.EqualTo(20));
    }

    [TestCase("AFW", "AFW")]
    [TestCase("Best:0", "above 0")]
    [TestCase("Best:x", "above 0")]
    public void AWrongChoiceIsNamed(string text, string part) =>
        Assert.That(() => MethodChoice.Parse(text), Throws.InstanceOf<FormatException>().With.Message.Contains(part));

    [Test]
    public void AUNetKnowsWhereItWasTrained()
    {
        Assert.That(MethodNames.TrainingOverlap(MethodNames.UNet, 38), Is.EqualTo(38));
        Assert.That(MethodNames.TrainingOverlap(MethodNames.UNetTrainedAt(20), 38), Is.EqualTo(20));
        Assert.That(MethodNames.UsesUNet(MethodNames.UNetTrainedAt(20)), Is.True);
        Assert.That(MethodNames.UsesUNet(MethodNames.Default), Is.False);
    }
}
