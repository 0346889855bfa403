using System.Collections.Concurrent;
using Ptycho.Diffusion.Data;
using Ptycho.IO;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class CropBatchSourceTests
{
    [TestCase(0, 8, 2)]
    [TestCase(9, 8, 2)]
    [TestCase(10, 16, 3)]
    [TestCase(11, 16, 3)]
    [TestCase(20, 4, 1)]
    [TestCase(1_000_000, 4, 1)]
    public void A_step_has_the_shape_of_its_stage(long step, int size, int batch)
    {
        var source = Staged(new NumberedCrops());
        Assert.That(source.Create(step, 0).Shape, Is.EqualTo(new long[] { batch, 2, size, size }));
        Assert.That(source.StageAt(step).Size, Is.EqualTo(size));
    }

    [Test]
    public void No_crop_is_used_twice_over_steps_parts_and_items()
    {
        var crops = new NumberedCrops();
        var source = Staged(crops);
        for (var step = 0L; step < 25; step++)
        for (var part = 0; part < 3; part++)
            source.Create(step, part);
        Assert.That(crops.Asked, Is.Unique);
        Assert.That(crops.Asked, Has.Count.EqualTo(3 * (10 * 2 + 10 * 3 + 5)));
    }

    [Test]
    public void A_batch_holds_the_encoded_crops_in_their_order()
    {
        var crops = new NumberedCrops();
        var batch = Staged(crops).Create(3, 1);
        var expected = new float[batch.Values.Length];
        var encoder = new MagnitudePhaseEncoder();
        foreach (var (index, i) in crops.Asked.Order().Select((index, i) => (index, i)))
            encoder.Encode(crops.Sample(index, 8), expected.AsSpan(i * 128, 128));
        Assert.That(batch.Values.ToArray(), Is.EqualTo(expected));
        Assert.That(expected[0], Is.Not.EqualTo(expected[128]));
    }

    [Test]
    public void Stages_have_to_begin_at_0_and_follow_each_other()
    {
        var (crops, encoder) = (new NumberedCrops(), new MagnitudePhaseEncoder());
        Assert.That(
            () => new CropBatchSource(crops, encoder),
            Throws.ArgumentException.With.Message.Contains("step 0")
        );
        Assert.That(
            () => new CropBatchSource(crops, encoder, new CropStage { FromStep = 1 }),
            Throws.ArgumentException.With.Message.Contains("step 0")
        );
        Assert.That(
            () =>
                new CropBatchSource(
                    crops,
                    encoder,
                    new CropStage(),
                    new CropStage { FromStep = 5 },
                    new CropStage { FromStep = 5 }
                ),
            Throws.ArgumentException.With.Message.Contains("Stage 2")
        );
        Assert.That(() => new CropStage { FromStep = -1 }, Refuses("FromStep"));
        Assert.That(() => new CropStage { Size = 1 }, Refuses("Size"));
        Assert.That(() => new CropStage { BatchSize = 0 }, Refuses("BatchSize"));
    }

    [Test]
    public void Steps_and_parts_out_of_range_are_refused()
    {
        var source = Staged(new NumberedCrops());
        Assert.That(() => source.Create(-1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => source.Create(0, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => source.Create(0, 256), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static CropBatchSource Staged(ICropSource crops) =>
        new(
            crops,
            new MagnitudePhaseEncoder(),
            new CropStage { Size = 8, BatchSize = 2 },
            new CropStage
            {
                FromStep = 10,
                Size = 16,
                BatchSize = 3,
            },
            new CropStage
            {
                FromStep = 20,
                Size = 4,
                BatchSize = 1,
            }
        );

    private static NUnit.Framework.Constraints.IResolveConstraint Refuses(string name) =>
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name);

    /// <summary>Crops whose pixels tell their number, and who was asked for.</summary>
    private sealed class NumberedCrops : ICropSource
    {
        public ConcurrentQueue<ulong> Asked { get; } = new();

        public ComplexCrop Sample(ulong index, int size)
        {
            Asked.Enqueue(index);
            var value = 0.5f + (float)(index % 97) / 97;
            var field = ComplexField.Constant(size, size, value);
            return new ComplexCrop(field, [.. new float[size * size]], default);
        }
    }
}
