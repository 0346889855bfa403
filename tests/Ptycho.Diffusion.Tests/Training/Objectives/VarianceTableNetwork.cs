using Ptycho.Diffusion.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training.Objectives;

/// <summary>Answers a function of the state times a trained gain, and one trained number for the variance of each level.</summary>
internal sealed class VarianceTableNetwork : ScoreNetwork
{
    private readonly Func<Tensor, Tensor, Tensor> mean;
    private readonly Parameter gain;
    private readonly Parameter variance;

    public VarianceTableNetwork(float[] variances, Func<Tensor, Tensor, Tensor> mean)
        : base(nameof(VarianceTableNetwork))
    {
        this.mean = mean;
        gain = nn.Parameter(ones(1, dtype: ScalarType.Float32));
        variance = nn.Parameter(tensor(variances, dtype: ScalarType.Float32));
        gain.DetachFromDisposeScope();
        variance.DetachFromDisposeScope();
        register_parameter(nameof(gain), gain);
        register_parameter(nameof(variance), variance);
    }

    /// <summary>Inputs and times of every image, in the order in which they came.</summary>
    public List<(float[] Input, float Time)> Calls { get; } = [];

    public Parameter Gain => gain;

    public Parameter Variance => variance;

    public override string Architecture => "variance-table";

    public override int Channels => 2;

    public override bool LearnsVariance => true;

    public override int SizeMultiple => 1;

    public override string Describe() => "{}";

    public override Tensor forward(Tensor input, Tensor time)
    {
        var own = variance.index_select(0, time.to_type(ScalarType.Int64)).reshape(-1, 1, 1, 1).expand_as(input);
        for (var i = 0L; i < input.shape[0]; i++)
            Calls.Add((input.select(0, i).contiguous().data<float>().ToArray(), time.select(0, i).item<float>()));
        return cat(new List<Tensor> { mean(input, time) * gain, own }, 1);
    }
}
