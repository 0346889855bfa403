using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>The mean squared error over whole validation pairs, without noise or flips, in channel units.</summary>
internal sealed class PostValidator(ScoreNetwork network, PairSet pairs) : IValidator
{
    /// <summary>The newest score that nobody has taken yet.</summary>
    private double? _newest;

    /// <summary>The newest score, once; null if there is none since the last call.</summary>
    public double? Take()
    {
        var newest = _newest;
        _newest = null;
        return newest;
    }

    /// <inheritdoc />
    public ValidationResult Validate(CancellationToken cancellationToken = default)
    {
        using var guard = no_grad();
        var device = network.parameters().First().device;
        var sum = 0.0;
        var values = new float[PairSet.Planes * pairs.Size * pairs.Size];
        for (var i = 0; i < pairs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(pairs.Pair(i), values);
            var pair = tensor(values, dtype: ScalarType.Float32)
                .reshape(1, PairSet.Planes, pairs.Size, pairs.Size)
                .to(device);
            var output = ResidualMap.Apply(network, pair.narrow(1, 0, 2));
            sum += (output - pair.narrow(1, 2, 2)).square().mean().ToDouble();
        }
        _newest = sum / pairs.Count;
        return new ValidationResult(_newest.Value, []);
    }
}
