using Ptycho.IO.Arrays;
using Ptycho.Solvers.Checkpoints;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>Writes down the parts of a flow's state.</summary>
internal sealed class FlowWriter(IDictionary<string, NumericArray> arrays) : IFlowParts
{
    public void Field(string name, Tensor values) => arrays[name] = SnapshotTensors.ToArray(values);

    public void Numbers(string name, Span<double> values, RequireNumbers require) =>
        SnapshotNumbers.Add(arrays, name, values);

    public void Number(string name, ref double value, Func<double, bool> isPossible) =>
        SnapshotNumbers.Add(arrays, name, [value]);
}
