namespace Ptycho.Diffusion.Sampling;

/// <summary>The variance of an ancestral step.</summary>
public enum AncestralVariance
{
    /// <summary>What the network learned; β̃ where it learned none.</summary>
    Learned,

    /// <summary>β̃ = β(1−ᾱ_next)/(1−ᾱ), exact for data that are one point.</summary>
    Posterior,

    /// <summary>β, exact for data that are standard normal.</summary>
    Forward,
}
