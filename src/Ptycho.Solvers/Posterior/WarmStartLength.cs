using Ptycho.Physics.Operators;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// How many iterations a warm start takes on a large field. What converges last is the phase that varies slowly over the
/// whole field, handed on from window to window: the more windows lie across the field, the longer it takes. Options state
/// the number for the standard crop, four windows across; with n windows, s = n/4, it is s³ times that up to s = 2, and 4s
/// times beyond. Measured on validation fields (probe H, 20 % overlap): docs/method.md.
/// </summary>
internal static class WarmStartLength
{
    private const double StandardWindows = 4;

    internal static int Of(int iterations, IForwardOperator forward)
    {
        var (rows, columns) = forward.ObjectShape;
        var (_, _, height, width) = forward.FarFieldShape;
        var windows = Math.Max((double)rows / height, (double)columns / width);
        var s = windows / StandardWindows;
        var factor =
            s <= 1 ? 1
            : s <= 2 ? s * s * s
            : 4 * s;
        return (int)Math.Min(int.MaxValue, Math.Round(iterations * factor));
    }
}
