using System.Collections.Immutable;
using Ptycho.IO.Arrays;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>Tensors under the names of a network's parameters, in a fixed order, outside every dispose scope.</summary>
internal sealed class NamedTensors : IDisposable
{
    private readonly ImmutableArray<Tensor> tensors;
    private readonly bool owned;

    private NamedTensors(ImmutableArray<string> names, ImmutableArray<Tensor> tensors, bool owned)
    {
        Names = names;
        this.tensors = tensors;
        this.owned = owned;
    }

    public ImmutableArray<string> Names { get; }

    public int Count => tensors.Length;

    /// <summary>Numbers in all tensors together.</summary>
    public long Elements => tensors.Sum(t => t.numel());

    public Tensor this[int index] => tensors[index];

    /// <summary>The trainable parameters of a network, which go on to own them.</summary>
    public static NamedTensors Parameters(nn.Module network)
    {
        var named = network
            .named_parameters()
            .Where(p => p.parameter.requires_grad)
            .OrderBy(p => p.name, StringComparer.Ordinal)
            .ToArray();
        if (named.Length == 0)
            throw new ArgumentException("The network has no parameter that can be trained.", nameof(network));
        return new([.. named.Select(p => p.name)], [.. named.Select(p => (Tensor)p.parameter)], owned: false);
    }

    /// <summary>New tensors of 0 with the same names and shapes.</summary>
    public NamedTensors ZerosLike() => Like(t => zeros_like(t));

    /// <summary>New tensors with the same names and values.</summary>
    public NamedTensors Copy() => Like(t => t.clone());

    /// <summary>A copy of a tensor's values, wherever it lives.</summary>
    public NumericArray Read(int index)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tensor = tensors[index].detach();
        return NumericArray.FromBytes(
            ElementType.Float32,
            tensor.cpu().contiguous().bytes,
            Array.ConvertAll(tensor.shape, n => checked((int)n))
        );
    }

    /// <summary>Overwrites a tensor's values by those of a float32 array of the same shape.</summary>
    public void Write(int index, NumericArray values)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var target = tensors[index];
        target.copy_(tensor(values.ToSingle(), dtype: ScalarType.Float32).reshape(target.shape));
    }

    public void Dispose()
    {
        if (owned)
            foreach (var tensor in tensors)
                tensor.Dispose();
    }

    private NamedTensors Like(Func<Tensor, Tensor> make)
    {
        using var noGrad = no_grad();
        return new(Names, [.. tensors.Select(One)], owned: true);

        Tensor One(Tensor tensor)
        {
            using var scope = NewDisposeScope();
            return make(tensor.detach()).DetachFromDisposeScope();
        }
    }
}
