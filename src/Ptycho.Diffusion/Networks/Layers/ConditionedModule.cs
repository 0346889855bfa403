using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>A <see cref="UnaryModule"/> with the activated time embedding [B, E] as its second input.</summary>
internal abstract class ConditionedModule(string name) : nn.Module<Tensor, Tensor, Tensor>(name)
{
    protected override void RegisterComponents() { }
}
