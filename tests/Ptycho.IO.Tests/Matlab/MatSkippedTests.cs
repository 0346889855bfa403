using Ptycho.IO.Matlab;

namespace Ptycho.IO.Tests.Matlab;

public class MatSkippedTests
{
    [TestCase("mat/others.mat")]
    [TestCase("mat/others_compressed.mat")]
    public void CellsStructsAndSparseMatricesArePassedOverAndListed(string file)
    {
        var content = MatFile.ReadContent(TestData.File(file));
        Assert.That(content.Arrays.Keys, Is.EqualTo(new[] { "first", "last" }));
        Assert.That(content.Arrays["last"].ToDouble(), Is.EqualTo(new[] { 2.0 }));
        SkippedVariable[] expected = [new("cells", "Cell"), new("record", "Struct"), new("sparse", "Sparse")];
        Assert.That(content.Skipped, Is.EqualTo(expected));
    }

    [Test]
    public void MatlabsNamelessWorkspaceIsPassedOver()
    {
        var bytes = new MatBytes();
        bytes.Add(bytes.Matrix("", 9, [1, 2], bytes.Element<byte>(2, [1, 2])));
        var content = MatFile.ReadContent(new MemoryStream(bytes.ToArray()), "f.mat");
        Assert.That(content.Arrays, Is.Empty);
        Assert.That(content.Skipped, Is.EqualTo(new[] { new SkippedVariable("", "UInt8") }));
    }
}
