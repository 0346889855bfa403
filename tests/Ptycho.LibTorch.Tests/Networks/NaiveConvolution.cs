using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Networks;

/// <summary>A two-dimensional convolution as its definition: the oracle of Conv2dTests.</summary>
internal sealed record NaiveConvolution(int Stride, int Padding, int Dilation, int Groups)
{
    internal double[,,,] Apply(double[,,,] x, double[,,,] w, double[] bias)
    {
        var y = new double[x.GetLength(0), w.GetLength(0), Out(x, w, 2), Out(x, w, 3)];
        ForEach(x, w, y, (n, o, i, j, c, ci, k, l, r, s) => y[n, o, i, j] += x[n, c, r, s] * w[o, ci, k, l]);
        for (var n = 0; n < y.GetLength(0); n++)
        for (var o = 0; o < y.GetLength(1); o++)
        for (var i = 0; i < y.GetLength(2); i++)
        for (var j = 0; j < y.GetLength(3); j++)
            y[n, o, i, j] += bias[o];
        return y;
    }

    /// <summary>Σ g·y derived by x and by w.</summary>
    internal (double[,,,] X, double[,,,] W) Gradients(double[,,,] x, double[,,,] w, double[,,,] g)
    {
        var dx = (double[,,,])x.Clone();
        var dw = (double[,,,])w.Clone();
        Array.Clear(dx);
        Array.Clear(dw);
        ForEach(
            x,
            w,
            g,
            (n, o, i, j, c, ci, k, l, r, s) =>
            {
                dx[n, c, r, s] += g[n, o, i, j] * w[o, ci, k, l];
                dw[o, ci, k, l] += g[n, o, i, j] * x[n, c, r, s];
            }
        );
        return (dx, dw);
    }

    internal static double[,,,] Array4(Tensor t)
    {
        var s = t.shape;
        var result = new double[s[0], s[1], s[2], s[3]];
        Buffer.BlockCopy(Values.Of(t), 0, result, 0, sizeof(double) * result.Length);
        return result;
    }

    private int Out(double[,,,] x, double[,,,] w, int dim) =>
        (x.GetLength(dim) + 2 * Padding - Dilation * (w.GetLength(dim) - 1) - 1) / Stride + 1;

    private void ForEach(double[,,,] x, double[,,,] w, double[,,,] y, Visit visit)
    {
        var outPerGroup = w.GetLength(0) / Groups;
        for (var n = 0; n < y.GetLength(0); n++)
        for (var o = 0; o < y.GetLength(1); o++)
        for (var i = 0; i < y.GetLength(2); i++)
        for (var j = 0; j < y.GetLength(3); j++)
        for (var ci = 0; ci < w.GetLength(1); ci++)
        for (var k = 0; k < w.GetLength(2); k++)
        for (var l = 0; l < w.GetLength(3); l++)
        {
            var (r, s) = (i * Stride - Padding + k * Dilation, j * Stride - Padding + l * Dilation);
            if (r >= 0 && s >= 0 && r < x.GetLength(2) && s < x.GetLength(3))
                visit(n, o, i, j, o / outPerGroup * w.GetLength(1) + ci, ci, k, l, r, s);
        }
    }

    private delegate void Visit(int n, int o, int i, int j, int c, int ci, int k, int l, int r, int s);
}
