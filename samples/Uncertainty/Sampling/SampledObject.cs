using Ptycho.IO;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Samples.Uncertainty.Sampling;

/// <summary>An object whose truth is known, and what samples of its posterior say.</summary>
internal sealed record SampledObject(ComplexField Truth, PosteriorSummary Summary);
