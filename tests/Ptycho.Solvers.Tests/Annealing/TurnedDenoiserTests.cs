using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Solvers.Annealing;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Annealing;

public sealed class TurnedDenoiserTests
{
    [Test]
    public void A_prior_that_treats_all_images_alike_is_not_changed()
    {
        using var scope = NewDisposeScope();
        var x = State(4, 6, 6);
        for (var visit = 0; visit < 9; visit++)
        {
            var prior = new Asked(ObjectSymmetry.Square, s => s * 0.5);
            var denoised = TurnedDenoiser.Denoise(prior, x, 3, visit);
            Assert.That(denoised.Equals(x * 0.5), Is.True, $"visit {visit}");
        }
    }

    [TestCase(ObjectSymmetry.Square, 6, 8)]
    [TestCase(ObjectSymmetry.Square, 5, 4)]
    [TestCase(ObjectSymmetry.Mirror, 6, 4)]
    public void Every_image_is_asked_for_once_before_one_comes_again(ObjectSymmetry symmetry, int width, int images)
    {
        using var scope = NewDisposeScope();
        var x = State(1, 6, width);
        var prior = new Asked(symmetry, s => s);
        for (var visit = 0; visit < images; visit++)
            TurnedDenoiser.Denoise(prior, x, 3, visit);
        var seen = prior
            .States.Select(s => string.Join(',', s.data<float>().ToArray()))
            .ToHashSet(StringComparer.Ordinal);
        Assert.That(seen, Has.Count.EqualTo(images));
    }

    [Test]
    public void Chains_at_one_level_ask_for_different_images()
    {
        using var scope = NewDisposeScope();
        var one = State(1, 6, 6);
        var prior = new Asked(ObjectSymmetry.Square, s => s);
        TurnedDenoiser.Denoise(prior, one.expand(4, -1, -1, -1), 3, 5);
        var asked = prior.States[0];
        for (var a = 0; a < 4; a++)
        for (var b = a + 1; b < 4; b++)
            Assert.That(asked[a].Equals(asked[b]), Is.False, $"chains {a} and {b}");
    }

    [Test]
    public void A_prior_without_symmetry_gets_the_state_itself()
    {
        using var scope = NewDisposeScope();
        var x = State(2, 6, 6);
        var prior = new Asked(ObjectSymmetry.None, s => s.cumsum(3));
        Assert.That(TurnedDenoiser.Denoise(prior, x, 3, 5).Equals(x.cumsum(3)), Is.True);
    }

    private static Tensor State(int chains, int height, int width) =>
        arange(chains * 2 * height * width, float32).reshape(chains, 2, height, width);

    private sealed class Asked(ObjectSymmetry symmetry, Func<Tensor, Tensor> denoise) : IPrior
    {
        public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

        public IDataTransform Transform { get; } = new MagnitudePhaseTransform();

        public ObjectSymmetry Symmetry => symmetry;

        internal List<Tensor> States { get; } = [];

        public Tensor Denoise(Tensor x, int level)
        {
            States.Add(x.contiguous().DetachFromDisposeScope());
            return denoise(x);
        }
    }
}
