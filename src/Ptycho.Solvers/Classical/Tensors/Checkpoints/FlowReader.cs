using Ptycho.IO.Arrays;
using Ptycho.Solvers.Checkpoints;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>Puts back the parts of a flow's state, of the objects that go on; of others nobody asks any more.</summary>
/// <param name="arrays">Of the checkpoint.</param>
/// <param name="underWay">Whether an object goes on, [B].</param>
internal sealed class FlowReader(IReadOnlyDictionary<string, NumericArray> arrays, bool[] underWay) : IFlowParts
{
    public void Field(string name, Tensor values)
    {
        using var scope = NewDisposeScope();
        long[] shape = [.. values.shape, 2];
        var stored = SnapshotTensors.ReadAny(arrays, name, shape);
        var each = stored.Length / underWay.Length;
        for (var i = 0; i < stored.Length; i++)
            if (underWay[i / each] && !float.IsFinite(stored[i]))
                throw new InvalidDataException($"The checkpoint's '{name}' holds {stored[i]} at element {i}.");
        var fields = tensor(stored, shape).view_as_complex();
        for (var b = 0; b < underWay.Length; b++)
            if (underWay[b])
                values[b].copy_(fields[b]);
    }

    public void Numbers(string name, Span<double> values, RequireNumbers require)
    {
        var stored = SnapshotNumbers.Read(arrays, name, values.Length);
        var each = values.Length / underWay.Length;
        for (var b = 0; b < underWay.Length; b++)
            if (underWay[b])
            {
                var own = stored.Slice(b * each, each);
                require(b, own);
                own.CopyTo(values[(b * each)..]);
            }
    }

    public void Number(string name, ref double value, Func<double, bool> isPossible)
    {
        value = SnapshotNumbers.Read(arrays, name, 1)[0];
        if (!isPossible(value))
            throw new InvalidDataException($"The checkpoint's '{name}' is {value}.");
    }
}
