using Ptycho.Samples.Shared.Results;

namespace Ptycho.Samples.Tests.Results;

public sealed class OutputFolderTests
{
    [Test]
    public void AResultThatIsThereIsOnlyReplacedByForce()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("result.npz"), "");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => OutputFolder.Prepare(folder.Path, ["other", "result.npz"], force: false),
                Throws.TypeOf<IOException>().With.Message.Contains("result.npz").And.Message.Contains("--force")
            );
            Assert.That(() => OutputFolder.Prepare(folder.Path, ["result.npz"], force: true), Throws.Nothing);
            Assert.That(() => OutputFolder.Prepare(folder.Path, ["other"], force: false), Throws.Nothing);
        }
    }

    [Test]
    public void WhatIsReadIsNotReplacedEvenByForce()
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("result.npz");
        Assert.That(
            () => OutputFolder.Prepare(folder.Path, ["result.npz"], force: true, input),
            Throws.TypeOf<IOException>().With.Message.Contains("is read")
        );
    }

    [Test]
    public void AFileIsNoFolder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "");
        Assert.That(
            () => OutputFolder.Prepare(folder.File("a"), [], force: true),
            Throws.TypeOf<IOException>().With.Message.Contains("is a file")
        );
    }
}
