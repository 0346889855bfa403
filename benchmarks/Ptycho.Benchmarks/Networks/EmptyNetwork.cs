using Ptycho.Diffusion.Networks;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Networks;

/// <summary>Answers its input: what is measured with it is all that goes on around a network.</summary>
internal sealed class EmptyNetwork() : ScoreNetwork(nameof(EmptyNetwork))
{
    public override string Architecture => "empty";

    public override int Channels => 2;

    public override bool LearnsVariance => false;

    public override int SizeMultiple => 1;

    public override string Describe() => "{}";

    public override Tensor forward(Tensor input, Tensor time) => input.alias();
}
