using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>An affine map of [B, in] to [B, out].</summary>
internal sealed class LinearLayer : UnaryModule
{
#pragma warning disable IDE1006 // The names are the keys under which the parameters are registered.
    private Parameter weight;
    private Parameter bias;
#pragma warning restore IDE1006

    public LinearLayer(WeightInitializer initializer, long inFeatures, long outFeatures)
        : base(nameof(LinearLayer))
    {
        weight = initializer.Draw(zero: false, inFeatures, outFeatures, inFeatures);
        bias = initializer.Draw(zero: false, inFeatures, outFeatures);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
}
