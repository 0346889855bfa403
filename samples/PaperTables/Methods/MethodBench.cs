using Ptycho.Diffusion.Priors;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.PostProcessing;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.PaperTables.Methods;

/// <summary>
/// Makes the solver of each method. A bench belongs to one thread, as networks do; it loads them when they are first
/// asked for.
/// </summary>
internal sealed class MethodBench(Settings settings, MethodOptions options) : IDisposable
{
    private readonly Dictionary<string, UNetPostProcessor> _unets = new(StringComparer.Ordinal);
    private NetworkPrior? _prior;

    /// <exception cref="ArgumentException">The method is not known.</exception>
    public IReconstructionSolver Create(string method, Trial trial) =>
        method switch
        {
            MethodNames.Rpie => new RpieSolver(options.Rpie),
            MethodNames.Awf => new AwfSolver(options.Awf),
            MethodNames.AwfLong => new AwfSolver(options.AwfLong),
            MethodNames.AwfBest => new BestIterationAwf(trial.Truth, options.Awf, MethodOptions.AwfIterationsTried),
            MethodNames.AwfSmooth => new AwfSolver(options.AwfSmooth),
            _ when MethodNames.UsesUNet(method) => UNet(UNetFiles.Path(settings, method, trial.Scene)),
            MethodNames.Dps => new DpsSolver(Prior(), options.Dps),
            MethodNames.Fast => new AnnealedSolver(Prior(), options.Fast),
            MethodNames.Default => new AnnealedSolver(Prior(), options.Default),
            MethodNames.Best => new AnnealedSolver(Prior(), options.Best),
            _ => throw new ArgumentException($"There is no method '{method}'.", nameof(method)),
        };

    public void Dispose()
    {
        _prior?.Dispose();
        foreach (var network in _unets.Values)
            network.Dispose();
    }

    private UNetPostProcessor UNet(string path)
    {
        if (!_unets.TryGetValue(path, out var network))
            _unets[path] = network = UNetPostProcessor.Load(path);
        return network;
    }

    private NetworkPrior Prior() => _prior ??= NetworkPrior.Load(settings.Prior, precision: settings.Precision);
}
