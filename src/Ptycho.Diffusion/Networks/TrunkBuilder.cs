using Ptycho.Diffusion.Networks.Blocks;
using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks;

/// <summary>Makes the blocks of a U-Net in order, keeping count of channels and skips.</summary>
internal sealed class TrunkBuilder(TrunkPlan plan, WeightInitializer initializer)
{
    private readonly BlockOptions _options = new(plan.EmbeddingWidth, plan.Groups, plan.ScaleShift, plan.Dropout);
    private readonly Stack<int> _skips = new();
    private int _channels;
    private int _factor = 1;

    /// <summary>Channels after the last output block.</summary>
    public int OutChannels => _channels;

    public TimestepSequence[] Inputs()
    {
        _channels = plan.ChannelsAt(0);
        var blocks = new List<TimestepSequence> { new([new Convolution(initializer, plan.InChannels, _channels)]) };
        _skips.Push(_channels);
        for (var level = 0; level < plan.Levels; level++)
        {
            for (var i = 0; i < plan.ResidualBlocks[level]; i++)
            {
                blocks.Add(new TimestepSequence(ResidualWithAttention(plan.ChannelsAt(level), plan.Heads)));
                _skips.Push(_channels);
            }
            if (level == plan.Levels - 1)
                break;
            blocks.Add(new TimestepSequence([Resize(ResizeMode.Down)]));
            _skips.Push(_channels);
            _factor *= 2;
        }
        return [.. blocks];
    }

    public TimestepSequence Middle() =>
        new([
            new ResidualBlock(initializer, _options, _channels, _channels),
            Attention(plan.Heads),
            new ResidualBlock(initializer, _options, _channels, _channels),
        ]);

    public TimestepSequence[] Outputs()
    {
        var blocks = new List<TimestepSequence>();
        for (var level = plan.Levels - 1; level >= 0; level--)
        {
            for (var i = 0; i <= plan.ResidualBlocks[level]; i++)
            {
                var steps = ResidualWithAttention(plan.ChannelsAt(level), plan.HeadsUp, _skips.Pop());
                if (level > 0 && i == plan.ResidualBlocks[level])
                {
                    steps.Add(Resize(ResizeMode.Up));
                    _factor /= 2;
                }
                blocks.Add(new TimestepSequence(steps));
            }
        }
        return [.. blocks];
    }

    private List<nn.Module> ResidualWithAttention(int channels, int heads, int skip = 0)
    {
        var steps = new List<nn.Module> { new ResidualBlock(initializer, _options, _channels + skip, channels) };
        _channels = channels;
        if (plan.AttentionFactors.Contains(_factor))
            steps.Add(Attention(heads));
        return steps;
    }

    private AttentionBlock Attention(int heads) =>
        new(
            initializer,
            _channels,
            plan.HeadChannels == -1 ? heads : HeadsOfGivenWidth(),
            plan.Groups,
            plan.SplitQueryKeyValueFirst
        );

    private int HeadsOfGivenWidth() =>
        _channels % plan.HeadChannels == 0
            ? _channels / plan.HeadChannels
            : throw new ArgumentException(
                $"{_channels} channels do not divide into attention heads of {plan.HeadChannels} channels.",
                nameof(plan)
            );

    private nn.Module Resize(ResizeMode mode) =>
        plan.ResizeByResidualBlocks ? new ResidualBlock(initializer, _options, _channels, _channels, mode)
        : mode == ResizeMode.Down ? new DownsampleBlock(initializer, _channels, plan.LearnedResampling)
        : new UpsampleBlock(initializer, _channels, plan.LearnedResampling);
}
