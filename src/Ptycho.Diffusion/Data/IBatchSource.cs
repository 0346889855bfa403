namespace Ptycho.Diffusion.Data;

/// <summary>
/// An endless supply of training batches that are functions of the step alone: a resumed run sees what an unbroken one
/// would have seen. Called from worker threads, several at a time.
/// </summary>
public interface IBatchSource
{
    /// <summary>The batch of a step.</summary>
    /// <param name="step">Steps taken before, from 0.</param>
    /// <param name="part">Part of the step when gradients are accumulated over several, from 0, at most 255.</param>
    public TrainingBatch Create(long step, int part);
}
