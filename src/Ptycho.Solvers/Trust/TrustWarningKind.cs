namespace Ptycho.Solvers.Trust;

/// <summary>Why a result should not be taken at face value.</summary>
public enum TrustWarningKind
{
    /// <summary>The object explains its own frames worse than their noise allows.</summary>
    DataMisfit,

    /// <summary>The object explains its own frames, but not those that were held out: it fits noise or invents.</summary>
    HeldOutMisfit,

    /// <summary>
    /// At low noise the prior still draws the object away from what the data say: the sample is not of the kind that the
    /// prior was trained on.
    /// </summary>
    PriorMismatch,

    /// <summary>The data leave a large part of the object to the prior.</summary>
    PriorFilledIn,
}
