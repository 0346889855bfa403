using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;

namespace Ptycho.Solvers.Tests.Fuzzing;

/// <summary>Checkpoints that are whole files with impossible content: what is wrong is named, and nothing goes on from it.</summary>
public class CheckpointContentTests
{
    private string _folder = null!;

    private string Path => System.IO.Path.Combine(_folder, "run.0x3.safetensors");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-content-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("AWF", "positions", 40, "frame 0")]
    [TestCase("ML", "positions", -1e9, "frame 0")]
    [TestCase("mPIE", "positions", double.NaN, "NaN")]
    [TestCase("AWF", "best.positions", 1e6, "frame 0")]
    [TestCase("AWF", "best", 0, "best iteration")]
    [TestCase("AWF", "best", 3, "best iteration")]
    [TestCase("AWF", "best", double.NaN, "best iteration")]
    [TestCase("mPIE", "residuals", double.PositiveInfinity, "residuals")]
    [TestCase("ML", "held_out", double.NaN, "held_out")]
    [TestCase("mPIE", "object", double.NaN, "object")]
    [TestCase("mPIE", "probe.velocity", double.PositiveInfinity, "probe.velocity")]
    [TestCase("AWF in tensors", "positions", 40, "frame 0")]
    [TestCase("mPIE in tensors", "best.positions", -1e9, "frame 0")]
    [TestCase("AWF in tensors", "momentum", 0, "momentum")]
    [TestCase("AWF in tensors", "before", double.NaN, "before")]
    [TestCase("AWF in tensors", "probe.estimate", double.NaN, "probe.estimate")]
    [TestCase("AWF in tensors", "best.probe", double.PositiveInfinity, "best.probe")]
    [TestCase("AWF in tensors", "stacked", 1, "number 0 is under way")]
    [TestCase("AWF in tensors", "0.held_out", double.NaN, "held_out")]
    [TestCase(InterruptedRun.Stack, "0.end", 9, "0.end")]
    [TestCase(InterruptedRun.Stack, "0.misfits", double.NaN, "0.misfits")]
    [TestCase(InterruptedRun.Stack, "0.positions", 1e6, "frame 0")]
    [TestCase(InterruptedRun.Stack, "0.object", double.NaN, "0.object")]
    [TestCase(InterruptedRun.Stack, "0.probe", double.NaN, "0.probe")]
    [TestCase(InterruptedRun.Stack, "1.residuals", double.NaN, "1.residuals")]
    [TestCase("mPIE in tensors", "0.residuals", double.PositiveInfinity, "residuals")]
    [TestCase("mPIE in tensors", "updates", 0.5, "updates")]
    [TestCase("mPIE in tensors", "updates", -1, "updates")]
    [TestCase("mPIE in tensors", "updates", 1e6, "updates")]
    [TestCase("mPIE in tensors", "object", double.NaN, "object")]
    [TestCase("mPIE in tensors", "probe.velocity", double.PositiveInfinity, "probe.velocity")]
    [TestCase("annealed", "x", double.NaN, "'x'")]
    [TestCase("annealed", "clean", double.NegativeInfinity, "'clean'")]
    [TestCase("annealed", "joint.positions", double.NaN, "position")]
    [TestCase("annealed", "joint.positions", 7, "frame 0")]
    [TestCase("annealed", "joint.positions", -1e9, "Position 0")]
    [TestCase("annealed", "joint.numbers", 0, "gain")]
    [TestCase("annealed", "joint.numbers", -1, "gain")]
    [TestCase("annealed", "joint.numbers", double.NaN, "joint.numbers")]
    [TestCase("annealed", "joint.probe", double.NaN, "joint.probe")]
    [TestCase("DPS", "x", double.NaN, "'x'")]
    [TestCase("posterior", "samples", double.NaN, "'samples'")]
    [TestCase("posterior", "start", double.PositiveInfinity, "'start'")]
    public void ANumberThatCannotBeIsRefused(string solver, string key, double value, string named) =>
        Refused(solver, (arrays, _) => arrays[key] = WithFirst(arrays[key], value), named);

    [TestCase("AWF", "done", "5", "4")]
    [TestCase("AWF", "done", "0", "0 iterations")]
    [TestCase("AWF in tensors", "done", "5", "4")]
    [TestCase("mPIE in tensors", "done", "1", "residuals")]
    [TestCase("annealed", "done", "2147483648", "done")]
    [TestCase("annealed", "draws", "9223372036854775807", "draws")]
    [TestCase("annealed", "ticks", "9223372036854775807", "ticks")]
    [TestCase("DPS", "draws", "1000", "draws")]
    [TestCase("DPS", "evaluations", "-1", "evaluations")]
    public void ANoteThatCannotBeIsRefused(string solver, string key, string text, string named) =>
        Refused(solver, (_, notes) => notes[key] = text, named);

    [TestCase(1, 100)]
    [TestCase(1, -1)]
    [TestCase(2, 100)]
    [TestCase(2, -1)]
    public void PairsOfLbfgsThatHaveNoRoomAreRefused(int slot, int value) =>
        Refused("ML", (arrays, _) => arrays["numbers"] = With(arrays["numbers"], slot, value), "L-BFGS");

    [Test]
    public void AScalarInPlaceOfAnImageIsRefused() =>
        Refused("annealed", (arrays, _) => arrays["clean"] = NumericArray.Create<float>([1f]), "'clean'");

    [TestCase("mPIE")]
    [TestCase("AWF")]
    [TestCase("ML")]
    [TestCase("mPIE in tensors")]
    [TestCase("AWF in tensors")]
    [TestCase(InterruptedRun.Stack)]
    [TestCase("annealed")]
    [TestCase("DPS")]
    [TestCase("posterior")]
    public void ABitFlippedInAnArrayIsRefused(string solver)
    {
        var goOn = InterruptedRun.Begin(solver, Path, InterruptedRun.Tiny());
        var bytes = File.ReadAllBytes(Path);
        var data = bytes.Length - 8 - BitConverter.ToInt32(bytes);
        var random = new Random(3);
        for (var i = 0; i < 20; i++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[^random.Next(1, data + 1)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Path, flipped);
            Assert.That(
                () => goOn(),
                Throws
                    .InstanceOf<InvalidDataException>()
                    .With.Message.Contains(Path)
                    .And.Message.Contains("changed since")
            );
        }
    }

    [Test]
    public void ACheckpointWithoutItsSealIsRefused() =>
        Refused("annealed", content => content, (_, notes) => notes.Remove(SafetensorsSeal.Key), SafetensorsSeal.Key);

    private void Refused(
        string name,
        Action<Dictionary<string, NumericArray>, Dictionary<string, string>> change,
        string named
    ) => Refused(name, SafetensorsSeal.Add, change, named);

    private void Refused(
        string name,
        Func<SafetensorsContent, SafetensorsContent> seal,
        Action<Dictionary<string, NumericArray>, Dictionary<string, string>> change,
        string named
    )
    {
        var goOn = InterruptedRun.Begin(name, Path, InterruptedRun.Tiny());
        var content = SafetensorsFile.Read(Path);
        var arrays = content.Tensors.ToDictionary(StringComparer.Ordinal);
        var notes = content.Metadata.ToDictionary(StringComparer.Ordinal);
        change(arrays, notes);
        SafetensorsFile.Write(Path, seal(new SafetensorsContent(arrays, notes)));
        var bytes = File.ReadAllBytes(Path);
        Assert.That(
            () => goOn(),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(Path).And.Message.Contains(named)
        );
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(bytes), "a refused file is left alone");
    }

    private static NumericArray WithFirst(NumericArray array, double value) => With(array, 0, value);

    private static NumericArray With(NumericArray array, int at, double value)
    {
        var values = array.ToDouble();
        values[at] = value;
        return array.ElementType == ElementType.Float64
            ? NumericArray.Create<double>(values, array.Shape.AsSpan())
            : NumericArray.Create<float>([.. values.Select(v => (float)v)], array.Shape.AsSpan());
    }
}
