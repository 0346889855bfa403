using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Tests.Training;
using Ptycho.Diffusion.Training.Checkpoints;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
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
    public void AWeightThatIsNoNumberIsRefusedAndNamed(float value) =>
        Changed(
            (path, state) =>
            {
                var content = SafetensorsFile.Read(path);
                var (key, array) = content.Tensors.Last();
                var values = array.ToSingle();
                values[^1] = value;
                var arrays = content.Tensors.ToDictionary(StringComparer.Ordinal);
                arrays[key] = NumericArray.Create<float>(values, array.Shape.AsSpan());
                SafetensorsFile.Write(path, SafetensorsSeal.Add(content with { Tensors = arrays }));
                Refused(path, state, "model.", "element");
            }
        );

    [Test]
    public void ABitFlippedInAWeightIsRefused() =>
        Changed(
            (path, state) =>
            {
                var bytes = File.ReadAllBytes(path);
                var data = bytes.Length - 8 - BitConverter.ToInt32(bytes);
                var random = new Random(3);
                for (var i = 0; i < 20; i++)
                {
                    var flipped = (byte[])bytes.Clone();
                    flipped[^random.Next(1, data + 1)] ^= (byte)(1 << random.Next(8));
                    File.WriteAllBytes(path, flipped);
                    Refused(path, state, "changed since", "checkpoint before");
                }
            }
        );

    [Test]
    public void ACheckpointFromBeforeTheSealIsRead() =>
        Changed(
            (path, state) =>
            {
                var content = SafetensorsFile.Read(path);
                var notes = content.Metadata.ToDictionary(StringComparer.Ordinal);
                notes.Remove(SafetensorsSeal.Key);
                SafetensorsFile.Write(path, content with { Metadata = notes });
                Refused(path, state, SafetensorsSeal.Key, "checkpoint before");
                notes["format"] = "ptycho-training-checkpoint-1";
                SafetensorsFile.Write(path, content with { Metadata = notes });
                Assert.That(TrainingCheckpoint.Read(path, state), Is.EqualTo(12));
            }
        );

    private static void Changed(Action<string, (string, NamedTensors)[]> check)
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-fuzz-").FullName;
        try
        {
            using var network = TinyTraining.Network();
            (string, NamedTensors)[] state = [("model", NamedTensors.Parameters(network))];
            var path = Path.Combine(folder, "checkpoint-000000012.safetensors");
            TrainingCheckpoint.Write(path, 12, "", state);
            check(path, state);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Refused(string path, (string, NamedTensors)[] state, string one, string other) =>
        Assert.That(
            () => TrainingCheckpoint.Read(path, state),
            Throws
                .InstanceOf<InvalidDataException>()
                .With.Message.Contains(path)
                .And.Message.Contains(one)
                .And.Message.Contains(other)
        );
}
