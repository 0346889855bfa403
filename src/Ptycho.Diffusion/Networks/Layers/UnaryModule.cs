using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>
/// A module of one input whose children are registered by hand: fields are not, or each would appear a second time
/// under its field's name.
/// </summary>
internal abstract class UnaryModule(string name) : nn.Module<Tensor, Tensor>(name)
{
    protected override void RegisterComponents() { }
}
