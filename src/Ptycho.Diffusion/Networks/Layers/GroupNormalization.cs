using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>Group normalisation with ε = 1e-5, scale 1 and shift 0 at first, always in float32.</summary>
internal sealed class GroupNormalization : UnaryModule
{
    private readonly long _groups;
#pragma warning disable IDE1006 // The names are the keys under which the parameters are registered.
    private Parameter weight;
    private Parameter bias;
#pragma warning restore IDE1006

    public GroupNormalization(WeightInitializer initializer, long groups, long channels)
        : base(nameof(GroupNormalization))
    {
        if (channels % groups != 0)
            throw new ArgumentException(
                $"{channels} channels do not divide into {groups} groups; choose another number of groups or channels.",
                nameof(groups)
            );
        _groups = groups;
        weight = initializer.Constant(1, channels);
        bias = initializer.Constant(0, channels);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.group_norm(input, _groups, weight, bias);

    /// <summary>
    /// Norm(input)·(1 + scale) + shift in the pass that the norm makes anyway: images count as further groups, so that
    /// every image has its own factors.
    /// </summary>
    /// <param name="input">[B, C, H, W].</param>
    /// <param name="scale">[B, C].</param>
    /// <param name="shift">[B, C].</param>
    public Tensor Modulated(Tensor input, Tensor scale, Tensor shift)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        var factor = scale + 1;
        return nn
            .functional.group_norm(
                input.reshape(1, batch * channels, height, width),
                batch * _groups,
                (weight * factor).flatten(),
                shift.addcmul(bias, factor, 1).flatten()
            )
            .reshape(batch, channels, height, width)
            .MoveToOuterDisposeScope();
    }
}
