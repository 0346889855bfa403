using Ptycho.IO;
using Ptycho.Physics.Validation;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>Options of <see cref="MaximumLikelihoodSolver"/>.</summary>
public sealed record MaximumLikelihoodOptions
{
    /// <summary>When to end; 300 iterations by default.</summary>
    public StopRules Stop
    {
        get;
        init => field = Require.NotNull(value, nameof(Stop));
    } = new();

    /// <summary>What to start from when <see cref="InitialObject"/> is null.</summary>
    public StartObject Start
    {
        get;
        init => field = Require.Defined(value, nameof(Start));
    } = StartObject.DataScale;

    /// <summary>The object to start from, of the measurement's shape; null for <see cref="Start"/>. Not changed.</summary>
    public ComplexField? InitialObject { get; init; }

    /// <summary>The likelihood.</summary>
    public NoiseModel Noise
    {
        get;
        init => field = Require.Defined(value, nameof(Noise));
    } = NoiseModel.Amplitude;

    /// <summary>
    /// Strength κ of the penalty in units of the brightest pixel's illumination d = max_r Σ_k|P_k(r)|², at least 0:
    /// κ·d·Σ φ(|∇o|), see <see cref="Edge"/>. 0 is plain maximum likelihood, which at low overlap fits noise. The default
    /// was chosen on validation crops at 20 and 38 % overlap; it is the best of those tried from 0 to 74 %.
    /// </summary>
    public double Smoothness
    {
        get;
        init => field = Require.NotNegative(value, nameof(Smoothness));
    } = 0.005;

    /// <summary>
    /// The step δ between neighbouring pixels, in units of the start object's root mean square, beyond which an edge is
    /// believed: φ(g) = δ²(√(1 + g²/δ²) − 1) is ½g² for small g and δ·g for large ones. Above 0, or null for ½g²
    /// everywhere.
    /// </summary>
    public double? Edge
    {
        get;
        init => field = value is { } edge ? Require.Positive(edge, nameof(Edge)) : null;
    } = 0.02;

    /// <summary>Pairs of L-BFGS that are kept, at least 0; 0 is preconditioned gradient descent.</summary>
    public int Memory
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Memory));
    } = 6;

    /// <summary>
    /// Threads to use, or 0 (the default) for one a processor. The result has the same bits for every number.
    /// </summary>
    public int Threads
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Threads));
    }

    /// <summary>How the probe is refined, or null (the default): it is known, and stays as it is, bit for bit.</summary>
    public ProbeRefinement? Refinement { get; init; }

    /// <summary>
    /// How the positions are corrected, or null (the default): they are known. They move in every fifth iteration.
    /// </summary>
    public PositionCorrection? Correction { get; init; }
}
