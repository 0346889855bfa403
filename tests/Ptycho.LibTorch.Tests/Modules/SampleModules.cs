using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Modules;

/// <summary>A block with fields, as a user writes one.</summary>
internal sealed class Block : nn.Module<Tensor, Tensor>
{
    private readonly Linear inner;
    private readonly Sequential tail;
    private readonly Parameter gain;
    private readonly Tensor offset;

    internal Block()
        : base(nameof(Block))
    {
        inner = nn.Linear(3, 3);
        tail = nn.Sequential(nn.SiLU(), nn.Linear(3, 2, hasBias: false));
        gain = nn.Parameter(ones(1));
        offset = zeros(2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (tail.call(inner.call(input)) * gain + offset).MoveToOuterDisposeScope();
    }
}

/// <summary>A module of two inputs that names its parts itself.</summary>
internal sealed class Pair : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<Linear> parts = nn.ModuleList(nn.Linear(2, 2), nn.Linear(2, 2));

    internal Pair()
        : base(nameof(Pair))
    {
        register_module("parts", parts);
        register_buffer("scale", full(1, 2));
        register_buffer("scratch", zeros(1), persistent: false);
    }

    public override Tensor forward(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var scale = get_buffer("scale")!;
        return ((parts[0].call(first) + parts[1].call(second)) * scale).MoveToOuterDisposeScope();
    }
}
