using System.Globalization;
using Ptycho.Samples.Demo.Methods;

namespace Ptycho.Samples.Demo.Display;

/// <summary>One line a reconstruction.</summary>
internal sealed class LineObserver(int scenes) : IComparisonObserver
{
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);

    public void Advanced(string method, double scenes) { }

    public void Finished(MethodRun run)
    {
        var count = _done[run.Method] = _done.GetValueOrDefault(run.Method) + 1;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Method, -8} {count}/{scenes}  overlap {run.Scene.Overlap} %, crop {run.Scene.Crop}: NRMSE {run.Nrmse:F3}, SSIM {run.Ssim:F3}, {run.Seconds:F1} s"
            )
        );
    }
}
