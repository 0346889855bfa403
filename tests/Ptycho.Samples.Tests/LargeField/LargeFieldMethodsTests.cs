using Ptycho.Diffusion.Priors;
using Ptycho.Samples.LargeField.Commands;
using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Scenes;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Tests.LargeField;

[NonParallelizable]
public sealed class LargeFieldMethodsTests
{
    [Test]
    public void ARunThatWasStoppedGoesOnToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var settings = new LargeFieldSettings
        {
            Objects = null,
            Field = FieldKind.Phantom,
            Size = 64,
            Overlap = 20,
            Model = Repository.PathTo("models", "blood-smear-compact.safetensors"),
            Output = folder.File("out"),
            Preset = Preset.Fast,
            Batch = 8,
            Tiles = true,
            Control = false,
            Threads = 1,
            Seed = 0,
        };
        Directory.CreateDirectory(settings.Output);
        var scene = FieldScene.Create(settings);
        using var prior = NetworkPrior.Load(settings.Model);
        var whole = Run(new FieldCheckpoints(Directory.CreateDirectory(folder.File("whole")).FullName), (_, _) => { });

        using var source = new CancellationTokenSource();
        var checkpoints = new FieldCheckpoints(settings.Output);
        Assert.That(
            () =>
                Run(
                    checkpoints,
                    (method, share) =>
                    {
                        if (method is "windows" && share > 0.4)
                            source.Cancel();
                    },
                    source.Token
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(checkpoints.Any);

        var first = new Dictionary<string, double>(StringComparer.Ordinal);
        var resumed = Run(checkpoints, (method, share) => first.TryAdd(method, share));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.GetValueOrDefault("windows"), Is.GreaterThan(0.4), "it goes on and does not begin anew");
            foreach (var (found, wanted) in resumed.Zip(whole))
            {
                Assert.That(found.Result.Object.Real, Is.EqualTo(wanted.Result.Object.Real), wanted.Method);
                Assert.That(found.Result.Object.Imaginary, Is.EqualTo(wanted.Result.Object.Imaginary), wanted.Method);
            }
        }
        checkpoints.Delete();
        Assert.That(Directory.GetFiles(settings.Output), Is.Empty);

        FieldRun[] Run(FieldCheckpoints kept, Action<string, double> advanced, CancellationToken token = default) =>
            [
                .. FieldMethods
                    .Create(prior, settings, kept)
                    .Select(method => method.Run(scene, new Watch(advanced), token)),
            ];
    }

    private sealed class Watch(Action<string, double> advanced) : IRunObserver
    {
        public void Advanced(string method, double share) => advanced(method, share);

        public void Finished(FieldRun run) { }
    }
}
