using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Shared.Display;

/// <summary>Where a solver stands, in words.</summary>
internal static class ProgressText
{
    public static string State(ReconstructionProgress value, ProgressMeter meter)
    {
        var level = value.NoiseLevel is { } noise ? FormattableString.Invariant($"level {noise}, ") : "";
        var pace = meter.ToString();
        return FormattableString.Invariant($"{level}residual {value.Residual:F4}")
            + (pace.Length == 0 ? "" : $", {pace}");
    }
}
