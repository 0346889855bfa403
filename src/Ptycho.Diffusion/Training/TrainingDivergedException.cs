namespace Ptycho.Diffusion.Training;

/// <summary>The loss or its gradient is not a finite number any more.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <summary>An exception without a message of its own.</summary>
    public TrainingDivergedException() { }

    /// <summary>An exception with a message.</summary>
    public TrainingDivergedException(string message)
        : base(message) { }

    /// <summary>An exception with a message and a cause.</summary>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException) { }

    internal TrainingDivergedException(long step, double loss, double gradientNorm)
        : base(
            FormattableString.Invariant(
                $"Training diverged at step {step}: loss {loss}, gradient norm {gradientNorm}. Resume from an earlier "
            )
                + "checkpoint with a lower learning rate or a smaller GradientClip. The network still has the weights of "
                + "that step."
        ) => (Step, Term) = (step, double.IsFinite(loss) ? "gradient norm" : "loss");

    /// <summary>Steps taken before the one that failed; the network has the weights that they left.</summary>
    public long Step { get; }

    /// <summary>What was not finite first, "loss" or "gradient norm"; null where it is not known.</summary>
    public string? Term { get; }
}
