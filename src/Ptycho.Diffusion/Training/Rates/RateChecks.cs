namespace Ptycho.Diffusion.Training.Rates;

internal static class RateChecks
{
    public static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "A learning rate must be above 0 and finite.");
}
