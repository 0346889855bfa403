using System.Globalization;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>A recovery gave NaN or infinity, or diverged, so that going on would be meaningless.</summary>
public sealed class FourierPtychographyDivergedException : ArithmeticException
{
    /// <summary>An exception without a message of its own.</summary>
    public FourierPtychographyDivergedException() { }

    /// <summary>An exception with a message.</summary>
    public FourierPtychographyDivergedException(string message)
        : base(message) { }

    /// <summary>An exception with a message and a cause.</summary>
    public FourierPtychographyDivergedException(string message, Exception innerException)
        : base(message, innerException) { }

    internal FourierPtychographyDivergedException(
        int sweep,
        int sweeps,
        string term,
        double error,
        FourierPtychographyResult? lastGood
    )
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"In sweep {sweep} of {sweeps} the {term} is {error:G3}: it diverges, or is not finite. "
            )
                + (
                    lastGood is null
                        ? "There is no earlier object: look at the images' scale and at the given pupil."
                        : $"The result of sweep {lastGood.AmplitudeErrors.Count} is kept in LastGood."
                )
        ) => (Sweep, Term, LastGood) = (sweep, term, lastGood);

    /// <summary>The sweep in which it was found, from 1; 0 where it is not known.</summary>
    public int Sweep { get; }

    /// <summary>What was not finite or grew, "amplitude error", "object" or "pupil"; null where it is not known.</summary>
    public string? Term { get; }

    /// <summary>Object and pupil after the last good sweep; null if there was none. The caller's.</summary>
    public FourierPtychographyResult? LastGood { get; }
}
