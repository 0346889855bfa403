using System.Text;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Runs;

namespace Ptycho.PaperTables.Tests.Runs;

public class ResultStoreTests
{
    [Test]
    public void WhatWasAddedIsThereInTheNextSession()
    {
        using var folder = new TemporaryFolder();
        var result = Make.Result(MethodNames.Awf, 3, nrmse: 0.123456789);
        using (var store = new ResultStore(folder.File("cells.jsonl")))
            store.Add(result);
        using var again = new ResultStore(folder.File("cells.jsonl"));
        Assert.That(again.Find(result.ToCell(), "f"), Is.EqualTo(result));
    }

    [Test]
    public void AnotherFingerprintIsAnotherResult()
    {
        using var folder = new TemporaryFolder();
        var result = Make.Result(MethodNames.Awf, 3);
        using var store = new ResultStore(folder.File("cells.jsonl"));
        store.Add(result);
        Assert.That(store.Find(result.ToCell(), "other"), Is.Null);
        store.Add(result with { Fingerprint = "other", Nrmse = 0.2 });
        Assert.That(store.Find(result.ToCell(), "f")!.Nrmse, Is.EqualTo(0.1));
        Assert.That(store.Find(result.ToCell(), "other")!.Nrmse, Is.EqualTo(0.2));
    }

    [Test]
    public void TheLaterOfTwoLinesCounts()
    {
        using var folder = new TemporaryFolder();
        using (var store = new ResultStore(folder.File("cells.jsonl")))
        {
            store.Add(Make.Result(MethodNames.Awf, 1, nrmse: 0.1));
            store.Add(Make.Result(MethodNames.Awf, 1, nrmse: 0.3));
        }
        using var again = new ResultStore(folder.File("cells.jsonl"));
        Assert.That(again.All.Single().Nrmse, Is.EqualTo(0.3));
    }

    [Test]
    public void ALineCutOffByAKillIsDroppedAndWrittenOver()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cells.jsonl");
        using (var store = new ResultStore(path))
            store.Add(Make.Result(MethodNames.Awf, 1));
        File.AppendAllText(path, "{\"probe\":\"H\",\"sc");
        using (var store = new ResultStore(path))
            store.Add(Make.Result(MethodNames.Awf, 2));
        using (var again = new ResultStore(path))
            Assert.That(again.All.Select(r => r.Crop), Is.EqualTo([1, 2]));
        Assert.That(File.ReadAllText(path, Encoding.UTF8), Does.Not.Contain("\"sc{"));
    }

    [Test]
    public void AWrongLineIsNamed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cells.jsonl");
        using (var store = new ResultStore(path))
            store.Add(Make.Result(MethodNames.Awf, 1));
        File.AppendAllText(path, "{\"probe\":7}\n");
        Assert.That(
            () => new ResultStore(path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("line 2")
        );
        Assert.That(() => File.Open(path, FileMode.Open, FileAccess.ReadWrite).Dispose(), Throws.Nothing);
    }

    [Test]
    public void ASecondProcessIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var store = new ResultStore(folder.File("cells.jsonl"));
        Assert.That(() => new ResultStore(folder.File("cells.jsonl")), Throws.InstanceOf<IOException>());
    }
}
