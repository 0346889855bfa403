namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>What an AdamW step needs beside the tensors, computed in float64 and rounded once.</summary>
internal readonly struct AdamWNumbers
{
    public AdamWNumbers(AdamWOptions options, long step, double rate, double gradientScale)
    {
        GradientScale = (float)gradientScale;
        Beta1 = (float)options.Beta1;
        OneMinusBeta1 = (float)(1 - options.Beta1);
        Beta2 = (float)options.Beta2;
        OneMinusBeta2 = (float)(1 - options.Beta2);
        Epsilon = (float)options.Epsilon;
        Shrink = (float)(1 - rate * options.WeightDecay);
        FirstScale = (float)(rate / (1 - Math.Pow(options.Beta1, step + 1)));
        SecondScale = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step + 1)));
    }

    public float GradientScale { get; }

    public float Beta1 { get; }

    public float OneMinusBeta1 { get; }

    public float Beta2 { get; }

    public float OneMinusBeta2 { get; }

    public float Epsilon { get; }

    /// <summary>1 − rate·λ.</summary>
    public float Shrink { get; }

    /// <summary>rate/(1 − β₁ᵗ).</summary>
    public float FirstScale { get; }

    /// <summary>1/√(1 − β₂ᵗ).</summary>
    public float SecondScale { get; }
}
