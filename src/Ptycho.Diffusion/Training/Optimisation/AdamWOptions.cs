using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>The numbers of Adam with decoupled weight decay; the learning rate comes with every step.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the gradient's mean, at least 0 and below 1; .9 by default.</summary>
    public double Beta1
    {
        get;
        init => field = OptionChecks.Fraction(value, nameof(Beta1));
    } = 0.9;

    /// <summary>Decay of the gradient's mean square, at least 0 and below 1; .999 by default.</summary>
    public double Beta2
    {
        get;
        init => field = OptionChecks.Fraction(value, nameof(Beta2));
    } = 0.999;

    /// <summary>Added to the root mean square, above 0; 1e-8 by default.</summary>
    public double Epsilon
    {
        get;
        init => field = OptionChecks.Positive(value, nameof(Epsilon));
    } = 1e-8;

    /// <summary>Weight decay λ, at least 0: weights shrink by rate·λ a step. 0 by default, which is Adam.</summary>
    public double WeightDecay
    {
        get;
        init => field = OptionChecks.NotNegative(value, nameof(WeightDecay));
    }
}
