using Ptycho.Diffusion.Networks;
using Ptycho.Solvers.Classical;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>The file of the weights with the lowest validation loss of a training.</summary>
internal sealed class BestWeights
{
    private readonly string _path;
    private readonly ScoreNetwork _network;
    private readonly ChannelNumbers _channels;
    private readonly AwfOptions _awf;
    private readonly UNetPostDescription _description;
    private double _lowest = double.PositiveInfinity;

    /// <param name="path">The file.</param>
    /// <param name="network">The network in training; not owned.</param>
    /// <param name="channels">The numbers of its channels.</param>
    /// <param name="awf">AWF's options.</param>
    /// <param name="description">What is stored.</param>
    /// <param name="resumed">Whether a file that is there already belongs to this training.</param>
    public BestWeights(
        string path,
        ScoreNetwork network,
        ChannelNumbers channels,
        AwfOptions awf,
        UNetPostDescription description,
        bool resumed
    )
    {
        (_path, _network, _channels, _awf, _description) = (path, network, channels, awf, description);
        if (!resumed || !File.Exists(path))
            return;
        using var kept = UNetPostFile.Read(path, device: null);
        _lowest = kept.Description.ValidationLoss;
    }

    /// <summary>Writes the network's present weights if none were better.</summary>
    public void Offer(long step, double loss)
    {
        if (!(loss < _lowest))
            return;
        _lowest = loss;
        UNetPostFile.Write(_path, _network, _channels, _awf, _description with { ValidationLoss = loss, Step = step });
    }
}
