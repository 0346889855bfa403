using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>
/// The transform of a windowed prior: another one's, but nothing is clipped, for windows are clipped in their own gauge
/// and the phase of a large field may leave that range.
/// </summary>
internal class WindowedTransform(IDataTransform inner) : IDataTransform
{
    public string Name => inner.Name;

    public IReadOnlyDictionary<string, double> Parameters => inner.Parameters;

    /// <summary>The wrapped transform with the same capabilities.</summary>
    public static IDataTransform Of(IDataTransform inner) =>
        inner is IPhaseBranch branch ? new Branched(inner, branch) : new WindowedTransform(inner);

    public Tensor ToChannels(Tensor obj) => inner.ToChannels(obj);

    public Tensor ToObject(Tensor channels) => inner.ToObject(channels);

    public Tensor Clip(Tensor channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return channels.clone();
    }

    private sealed class Branched(IDataTransform inner, IPhaseBranch branch) : WindowedTransform(inner), IPhaseBranch
    {
        public Tensor ToChannels(Tensor obj, Tensor referencePhase) => branch.ToChannels(obj, referencePhase);

        public Tensor Phase(Tensor channels) => branch.Phase(channels);
    }
}
