using Ptycho.Diffusion.Networks.Blocks;
using Ptycho.Diffusion.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks;

/// <summary>
/// The body of the U-Net of Dhariwal and Nichol (Diffusion Models Beat GANs, 2021), as child modules of a network and
/// under the original names: time_embed, input_blocks, middle_block, output_blocks, out.
/// </summary>
internal sealed class UNetTrunk
{
    private readonly TimeEmbedding _time;
    private readonly TimestepSequence[] _inputs;
    private readonly TimestepSequence _middle;
    private readonly TimestepSequence[] _outputs;
    private readonly GroupNormalization _outNorm;
    private readonly Convolution _outConvolution;

    public UNetTrunk(nn.Module owner, TrunkPlan plan, WeightInitializer initializer)
    {
        using var scope = NewDisposeScope();
        var builder = new TrunkBuilder(plan, initializer);
        _time = new TimeEmbedding(initializer, plan.ModelChannels, plan.EmbeddingWidth);
        _inputs = builder.Inputs();
        _middle = builder.Middle();
        _outputs = builder.Outputs();
        _outNorm = new GroupNormalization(initializer, plan.Groups, builder.OutChannels);
        _outConvolution = new Convolution(initializer, builder.OutChannels, plan.OutChannels, zero: true);
        owner.register_module("time_embed", _time);
        owner.register_module("input_blocks", ModuleGroup.Numbered(_inputs));
        owner.register_module("middle_block", _middle);
        owner.register_module("output_blocks", ModuleGroup.Numbered(_outputs));
        owner.register_module("out", new ModuleGroup(("0", _outNorm), ("2", _outConvolution)));
    }

    /// <summary>[B, in, H, W] and times [B] to [B, out, H, W].</summary>
    public Tensor Forward(Tensor input, Tensor time)
    {
        using var scope = NewDisposeScope();
        var embedding = _time.forward(time);
        var skips = new Stack<Tensor>(_inputs.Length);
        var state = input;
        foreach (var block in _inputs)
        {
            state = block.forward(state, embedding);
            skips.Push(state);
        }
        state = _middle.forward(state, embedding);
        foreach (var block in _outputs)
        {
            using var joined = cat(new List<Tensor> { state, skips.Pop() }, 1);
            state = block.forward(joined, embedding);
        }
        return _outConvolution
            .forward(nn.functional.silu(_outNorm.forward(state), !is_grad_enabled()))
            .MoveToOuterDisposeScope();
    }
}
