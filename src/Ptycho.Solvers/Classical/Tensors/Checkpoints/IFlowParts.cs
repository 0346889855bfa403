using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>What goes over the parts of a flow's state, to write them down or to put back in place what was written.</summary>
internal interface IFlowParts
{
    /// <param name="name">The part's name in checkpoints.</param>
    /// <param name="values">complex64 [B, …].</param>
    public void Field(string name, Tensor values);

    /// <param name="name">Their name in checkpoints.</param>
    /// <param name="values">As many of each object, the first one's first.</param>
    /// <param name="require">Refuses numbers that an object, given by its place, cannot have.</param>
    public void Numbers(string name, Span<double> values, RequireNumbers require);

    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="value">A number of all objects.</param>
    /// <param name="isPossible">Whether it can be.</param>
    public void Number(string name, ref double value, Func<double, bool> isPossible);
}
