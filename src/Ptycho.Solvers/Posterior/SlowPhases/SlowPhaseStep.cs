using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>
/// One Newton step of objects along slow phases towards the data, with nothing that holds them to the prior. A denoiser
/// leaves a slow phase as it finds it, however wrong, and λ then counts every pixel of it as evidence: against data of
/// few counts a ramp of a radian over the field would stay. The object is that of a data step, whose detail explains the
/// frames as well as λ lets it, so what is left along a slow phase is λ's pull alone.
/// </summary>
internal sealed class SlowPhaseStep
{
    // The phases of warm starts err by less.
    private const double UsualPhase = 0.5;
    private const int MostTrials = 5;
    private readonly IPhaseSystem _system;
    private readonly PhaseBasis _basis;
    private readonly double _damping;

    /// <param name="system">What the data say.</param>
    /// <param name="basis">The phases.</param>
    /// <param name="amplitudeNoise">σ_a: phases are taken as σ_a²/(½ rad)² likely beforehand, which only matters in the dark.</param>
    internal SlowPhaseStep(IPhaseSystem system, PhaseBasis basis, double amplitudeNoise)
    {
        (_system, _basis) = (system, basis);
        _damping = amplitudeNoise * amplitudeNoise / (UsualPhase * UsualPhase);
    }

    /// <summary>Pairs of a forward and an adjoint evaluation so far that would have cost as much.</summary>
    internal long Evaluations { get; private set; }

    /// <summary>Moves each object; one that the step would not bring nearer to the data stays.</summary>
    /// <param name="objects">complex64 [B, H, W].</param>
    /// <returns>complex64 [B, H, W], in the caller's dispose scope.</returns>
    internal Tensor Move(Tensor objects)
    {
        using var scope = NewDisposeScope();
        var moved = Enumerable.Range(0, (int)objects.shape[0]).Select(b => MoveOne(objects.narrow(0, b, 1))).ToArray();
        return cat(moved).MoveToOuterDisposeScope();
    }

    private Tensor MoveOne(Tensor obj)
    {
        using var scope = NewDisposeScope();
        var equations = _system.Linearize(obj, _basis);
        Evaluations += (_basis.Count + 3) / 2;
        if (!equations.IsFinite)
            return obj.alias().MoveToOuterDisposeScope();
        var step = equations.Minimum(_damping);
        for (var trial = 0; trial < MostTrials; trial++, step /= 2)
        {
            var turned = obj * Turn(step.AsArray(), obj.device);
            if (_system.Energy(turned) + _damping / 2 * step.DotProduct(step) <= equations.Energy)
                return turned.MoveToOuterDisposeScope();
        }
        return obj.alias().MoveToOuterDisposeScope();
    }

    private Tensor Turn(double[] coefficients, Device device)
    {
        var phase = tensor(_basis.Sum(coefficients), [1, _basis.Height, _basis.Width], device: device);
        return complex(phase.cos(), phase.sin());
    }
}
