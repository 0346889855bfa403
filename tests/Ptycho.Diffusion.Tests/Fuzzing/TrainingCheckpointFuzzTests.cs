using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Tests.Training;
using Ptycho.Diffusion.Training.Checkpoints;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.Tests.Shared;

namespace Ptycho.Diffusion.Tests.Fuzzing;

/// <summary>
/// Damaged checkpoints of a training run: read into the state of the network that they belong to, or refused with
/// InvalidDataException that names the file.
/// </summary>
public class TrainingCheckpointFuzzTests
{
    private static readonly CompactUNetOptions Smallest = TinyTraining.Size with
    {
        PatchSize = 1,
        ModelChannels = 2,
        ChannelMultipliers = [1],
        ResidualBlocks = [1],
        HeadChannels = 2,
        Groups = 1,
    };

    [TestCase(200)]
    [TestCase(100_000, Category = "Long")]
    public void ADamagedCheckpointIsRefusedOrRead(int count)
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-fuzz-").FullName;
        try
        {
            using var network = new CompactUNet(Smallest, 0);
            using var optimiser = new AdamW(NamedTensors.Parameters(network), new AdamWOptions());
            (string, NamedTensors)[] state = [("model", NamedTensors.Parameters(network)), ("first", optimiser.First)];
            var path = Path.Combine(folder, "checkpoint-000000012.safetensors");
            TrainingCheckpoint.Write(path, 12, "{\"seed\": 5}", state);
            var runs = new DamagedRuns(
                path,
                () => TrainingCheckpoint.Read(path, state),
                e => e is InvalidDataException && e.Message.Contains(path, StringComparison.Ordinal)
            );
            runs.Fuzz(count);
            runs.CutOff(Math.Min(count, 2000));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void AWeightThatIsNoNumberIsRefusedAndNamed(float value)
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-fuzz-").FullName;
        try
        {
            using var network = TinyTraining.Network();
            (string, NamedTensors)[] state = [("model", NamedTensors.Parameters(network))];
            var path = Path.Combine(folder, "checkpoint-000000001.safetensors");
            TrainingCheckpoint.Write(path, 1, "", state);
            var bytes = File.ReadAllBytes(path);
            BitConverter.GetBytes(value).CopyTo(bytes, bytes.Length - 4);
            File.WriteAllBytes(path, bytes);
            Assert.That(
                () => TrainingCheckpoint.Read(path, state),
                Throws
                    .InstanceOf<InvalidDataException>()
                    .With.Message.Contains(path)
                    .And.Message.Contains("model.")
                    .And.Message.Contains("element")
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
