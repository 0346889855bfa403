namespace Ptycho.Diffusion.Sampling;

/// <summary>A way to go from a noisy level to a cleaner one when x̂₀ is known. Rules are immutable.</summary>
public interface IStepRule
{
    /// <summary>Begins one run; what the rule remembers from step to step lives in the run.</summary>
    public IStepRun Begin();
}
