using Ptycho.Diffusion.Predictions;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>The numbers of one level as torch scalars, made once: making them costs more than using them.</summary>
internal sealed class LevelScalars(int level, PredictionScales scales) : IDisposable
{
    private readonly Scalar _skip = scales.Skip;
    private readonly Scalar _output = scales.Output;

    /// <summary>t = level − 1.</summary>
    public Scalar Time { get; } = (float)(level - 1);

    /// <summary>The input's scale, or null where it is 1.</summary>
    public Scalar? Input { get; } = scales.Input == 1 ? null : (Scalar)scales.Input;

    public Tensor Denoise(Tensor state, Tensor output)
    {
        using var kept = state.mul(_skip);
        return kept.add(output, _output);
    }

    public void Dispose()
    {
        _skip.Dispose();
        _output.Dispose();
        Time.Dispose();
        Input?.Dispose();
    }
}
