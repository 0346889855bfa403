using Ptycho.Diffusion.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training.Objectives;

/// <summary>Multiplies its input by one weight and remembers what it was asked and what it answered.</summary>
internal sealed class RecordingNetwork : ScoreNetwork
{
    private readonly Parameter weight;

    public RecordingNetwork(double value)
        : base(nameof(RecordingNetwork))
    {
        weight = nn.Parameter(full(1, (float)value, dtype: ScalarType.Float32));
        weight.DetachFromDisposeScope();
        register_parameter(nameof(weight), weight);
    }

    /// <summary>Input, time and output of every image, in the order in which they came.</summary>
    public List<(float[] Input, float Time, float[] Output)> Calls { get; } = [];

    public override string Architecture => "recording";

    public override int Channels => 2;

    public override bool LearnsVariance => false;

    public override int SizeMultiple => 1;

    public override string Describe() => "{}";

    public override Tensor forward(Tensor input, Tensor time)
    {
        var output = input * weight;
        for (var i = 0L; i < input.shape[0]; i++)
        {
            using var scope = NewDisposeScope();
            Calls.Add(
                (
                    input.select(0, i).contiguous().data<float>().ToArray(),
                    time.select(0, i).item<float>(),
                    output.detach().select(0, i).contiguous().data<float>().ToArray()
                )
            );
        }
        return output;
    }
}
