using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Tests.Scans;

public class PositionFileTests
{
    private string _path = "";

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [TestCase("1 2\n3 4\n", null, TestName = "two columns are row and column")]
    [TestCase("row,column\n1,2\n3,4\n", null)]
    [TestCase("x,y\n2,1\n4,3\n", null)]
    [TestCase("\"x\";\"y\"\n2;1\n4;3\n", null)]
    [TestCase("# index x y z [um]\n0 2 1 9\n1 4 3 9\n", PositionUnit.Micrometres)]
    [TestCase("# made by hand\nx_mm, y_mm\n2, 1\n4, 3 # the last\n", PositionUnit.Millimetres)]
    [TestCase("pos_y (nm),pos_x (nm)\n1,2\n3,4\n", PositionUnit.Nanometres)]
    [TestCase("position_x_m,position_y_m\n2,1\n4,3\n", PositionUnit.Metres)]
    [TestCase("x_um,y_mm\n2,1\n4,3\n", null)]
    public void HeadingsNameAxesAndUnit(string text, PositionUnit? unit)
    {
        Write(text);
        var read = PositionFile.Read(_path);
        Assert.That(read.Positions, Is.EqualTo([new ScanPosition(1, 2), new ScanPosition(3, 4)]));
        Assert.That(read.Unit, Is.EqualTo(unit));
        var named = text.Contains('x', StringComparison.Ordinal) || text.Contains("row", StringComparison.Ordinal);
        Assert.That(read.Notes, Has.Count.EqualTo(named ? 1 : 0));
    }

    [Test]
    public void ColumnsThatAreGivenWin()
    {
        Write("x y z\n9 2 1\n9 4 3\n");
        Assert.That(PositionFile.Read(_path, (2, 1)).Positions[1], Is.EqualTo(new ScanPosition(3, 4)));
        Assert.That(() => PositionFile.Read(_path, (1, 1)), Throws.ArgumentException);
        Assert.That(
            () => PositionFile.Read(_path, (3, 1)),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 2")
        );
    }

    [Test]
    public void ThreeColumnsWithoutNamesAreRefused()
    {
        Write("0 1 2\n");
        Assert.That(
            () => PositionFile.Read(_path),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("heading").And.Message.Contains("line 1")
        );
        Write("x y\n");
        Assert.That(() => PositionFile.Read(_path), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void ArraysAreRead()
    {
        _path = Path.Combine(Path.GetTempPath(), $"positions-{Guid.NewGuid():N}.npy");
        NpyFile.Write(_path, NumericArray.Create([1.0, 2, 9, 3, 4, 9], 2, 3));
        Assert.That(PositionFile.Read(_path, (0, 1)).Positions[1], Is.EqualTo(new ScanPosition(3, 4)));
        Assert.That(
            () => PositionFile.Read(_path),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("Transpose")
        );
        Assert.That(() => PositionFile.Read("stage.xls"), Throws.ArgumentException.With.Message.Contains(".xls"));
    }

    private void Write(string text)
    {
        _path = Path.Combine(Path.GetTempPath(), $"positions-{Guid.NewGuid():N}.txt");
        File.WriteAllText(_path, text);
    }
}
