using System.Globalization;
using Ptycho.Samples.LargeField.Methods;

namespace Ptycho.Samples.LargeField.Display;

/// <summary>A line every tenth of a method's work, and one at its end.</summary>
internal sealed class LineObserver : IRunObserver
{
    private readonly Dictionary<string, int> _tenths = new(StringComparer.Ordinal);

    public void Advanced(string method, double share)
    {
        var tenths = (int)(10 * share);
        if (tenths <= _tenths.GetValueOrDefault(method))
            return;
        _tenths[method] = tenths;
        Console.WriteLine($"{method}: {10 * tenths} %");
    }

    public void Finished(FieldRun run) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Method}: NRMSE {run.Nrmse:F3}, SSIM {run.Ssim:F3}, {run.Result.ComputeTime.TotalSeconds:F1} s"
            )
        );
}
