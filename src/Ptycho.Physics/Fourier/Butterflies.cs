using System.Runtime.CompilerServices;

namespace Ptycho.Physics.Fourier;

/// <summary>
/// Stages of the self-sorting (Stockham) decimation in frequency, for e^(−2πi…), on Count interleaved transforms at
/// once. A stage of radix r takes elements q + s(p + m·u), u &lt; r, and writes q + s(r·p + t), t &lt; r, times w^(p·t).
/// Element e of the input lies at e·stride, of the output at e·lanes; twiddles are (re, im) for t = 1…r−1, per p.
/// Optimised at once, for the code of the first tier is sixty times slower.
/// </summary>
internal static unsafe class Butterflies<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Radix 2 stands in the last stage alone (m = 1), which has no twiddles: pairs of twos make a four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Radix2(float* xr, float* xi, nint stride, float* yr, float* yi, nint lanes, int s)
    {
        var half = s * stride;
        for (var q = 0; q < s; q++, xr += stride, xi += stride, yr += lanes, yi += lanes)
        {
            var ar = T.Load(xr);
            var ai = T.Load(xi);
            var br = T.Load(xr + half);
            var bi = T.Load(xi + half);
            T.Store(ar + br, yr);
            T.Store(ai + bi, yi);
            T.Store(ar - br, yr + s * lanes);
            T.Store(ai - bi, yi + s * lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Radix3(
        float* xr,
        float* xi,
        nint stride,
        float* yr,
        float* yi,
        nint lanes,
        int m,
        int s,
        float* twiddle
    )
    {
        var step = m * s * stride;
        var half = T.Broadcast(-0.5f);
        var sine = T.Broadcast(0.86602540378443864676f);
        for (var p = 0; p < m; p++, twiddle += 4)
        {
            var w1r = T.Broadcast(twiddle[0]);
            var w1i = T.Broadcast(twiddle[1]);
            var w2r = T.Broadcast(twiddle[2]);
            var w2i = T.Broadcast(twiddle[3]);
            var yp = s * 3 * p * lanes;
            for (var q = 0; q < s; q++, xr += stride, xi += stride)
            {
                var x0r = T.Load(xr);
                var x0i = T.Load(xi);
                var x1r = T.Load(xr + step);
                var x1i = T.Load(xi + step);
                var x2r = T.Load(xr + 2 * step);
                var x2i = T.Load(xi + 2 * step);
                var sr = x1r + x2r;
                var si = x1i + x2i;
                var dr = (x1r - x2r) * sine;
                var di = (x1i - x2i) * sine;
                var mr = T.MultiplyAdd(sr, half, x0r);
                var mi = T.MultiplyAdd(si, half, x0i);
                var o = yp + q * lanes;
                var step1 = s * lanes;
                T.Store(x0r + sr, yr + o);
                T.Store(x0i + si, yi + o);
                StoreTwiddled(mr + di, mi - dr, w1r, w1i, yr + o + step1, yi + o + step1);
                StoreTwiddled(mr - di, mi + dr, w2r, w2i, yr + o + 2 * step1, yi + o + 2 * step1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Radix4(
        float* xr,
        float* xi,
        nint stride,
        float* yr,
        float* yi,
        nint lanes,
        int m,
        int s,
        float* twiddle
    )
    {
        var step = m * s * stride;
        for (var p = 0; p < m; p++, twiddle += 6)
        {
            var yp = s * 4 * p * lanes;
            for (var q = 0; q < s; q++, xr += stride, xi += stride)
            {
                Dft4(xr, xi, 0, step, out var y0, out var y1, out var y2, out var y3);
                var o = yp + q * lanes;
                nint d = s * lanes;
                T.Store(y0.Re, yr + o);
                T.Store(y0.Im, yi + o);
                if (p == 0)
                {
                    y1.Store(yr + o + d, yi + o + d);
                    y2.Store(yr + o + 2 * d, yi + o + 2 * d);
                    y3.Store(yr + o + 3 * d, yi + o + 3 * d);
                    continue;
                }

                y1.StoreTwiddled(twiddle, yr + o + d, yi + o + d);
                y2.StoreTwiddled(twiddle + 2, yr + o + 2 * d, yi + o + 2 * d);
                y3.StoreTwiddled(twiddle + 4, yr + o + 3 * d, yi + o + 3 * d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Radix8(
        float* xr,
        float* xi,
        nint stride,
        float* yr,
        float* yi,
        nint lanes,
        int m,
        int s,
        float* twiddle
    )
    {
        var step = m * s * stride;
        var root = T.Broadcast(0.70710678118654752440f);
        for (var p = 0; p < m; p++, twiddle += 14)
        {
            var yp = s * 8 * p * lanes;
            for (var q = 0; q < s; q++, xr += stride, xi += stride)
            {
                Dft4(xr, xi, 0, 2 * step, out var e0, out var e1, out var e2, out var e3);
                Dft4(xr, xi, step, 2 * step, out var o0, out var o1, out var o2, out var o3);
                o1 = new Pair((o1.Re + o1.Im) * root, (o1.Im - o1.Re) * root);
                o3 = new Pair((o3.Im - o3.Re) * root, (o3.Im + o3.Re) * root);
                var o = yp + q * lanes;
                nint d = s * lanes;
                var r = yr + o;
                var i = yi + o;
                new Pair(e0.Re + o0.Re, e0.Im + o0.Im).Store(r, i);
                if (p == 0)
                {
                    new Pair(e1.Re + o1.Re, e1.Im + o1.Im).Store(r + d, i + d);
                    new Pair(e2.Re + o2.Im, e2.Im - o2.Re).Store(r + 2 * d, i + 2 * d);
                    new Pair(e3.Re + o3.Re, e3.Im - o3.Im).Store(r + 3 * d, i + 3 * d);
                    new Pair(e0.Re - o0.Re, e0.Im - o0.Im).Store(r + 4 * d, i + 4 * d);
                    new Pair(e1.Re - o1.Re, e1.Im - o1.Im).Store(r + 5 * d, i + 5 * d);
                    new Pair(e2.Re - o2.Im, e2.Im + o2.Re).Store(r + 6 * d, i + 6 * d);
                    new Pair(e3.Re - o3.Re, e3.Im + o3.Im).Store(r + 7 * d, i + 7 * d);
                    continue;
                }

                new Pair(e1.Re + o1.Re, e1.Im + o1.Im).StoreTwiddled(twiddle, r + d, i + d);
                new Pair(e2.Re + o2.Im, e2.Im - o2.Re).StoreTwiddled(twiddle + 2, r + 2 * d, i + 2 * d);
                new Pair(e3.Re + o3.Re, e3.Im - o3.Im).StoreTwiddled(twiddle + 4, r + 3 * d, i + 3 * d);
                new Pair(e0.Re - o0.Re, e0.Im - o0.Im).StoreTwiddled(twiddle + 6, r + 4 * d, i + 4 * d);
                new Pair(e1.Re - o1.Re, e1.Im - o1.Im).StoreTwiddled(twiddle + 8, r + 5 * d, i + 5 * d);
                new Pair(e2.Re - o2.Im, e2.Im + o2.Re).StoreTwiddled(twiddle + 10, r + 6 * d, i + 6 * d);
                new Pair(e3.Re - o3.Re, e3.Im + o3.Im).StoreTwiddled(twiddle + 12, r + 7 * d, i + 7 * d);
            }
        }
    }

    /// <summary>Any odd radix; <paramref name="roots"/> holds (cos, sin)(2πj/r), j &lt; r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OddRadix(
        float* xr,
        float* xi,
        nint stride,
        float* yr,
        float* yi,
        nint lanes,
        int radix,
        int m,
        int s,
        float* twiddle,
        float* roots
    )
    {
        var step = m * s * stride;
        var pairs = (radix - 1) / 2;
        var sums = stackalloc Pair[pairs];
        var differences = stackalloc Pair[pairs];
        for (var p = 0; p < m; p++, twiddle += 2 * (radix - 1))
        for (var q = 0; q < s; q++, xr += stride, xi += stride)
        {
            var first = new Pair(T.Load(xr), T.Load(xi));
            var total = first;
            for (var u = 0; u < pairs; u++)
            {
                var a = new Pair(T.Load(xr + (u + 1) * step), T.Load(xi + (u + 1) * step));
                var b = new Pair(T.Load(xr + (radix - 1 - u) * step), T.Load(xi + (radix - 1 - u) * step));
                sums[u] = new Pair(a.Re + b.Re, a.Im + b.Im);
                differences[u] = new Pair(a.Re - b.Re, a.Im - b.Im);
                total = new Pair(total.Re + sums[u].Re, total.Im + sums[u].Im);
            }

            var o = (s * radix * p + q) * lanes;
            nint d = s * lanes;
            total.Store(yr + o, yi + o);
            for (var t = 1; t <= pairs; t++)
            {
                var (er, ei) = (first.Re, first.Im);
                var (gr, gi) = (T.Broadcast(0), T.Broadcast(0));
                for (int u = 0, angle = t; u < pairs; u++, angle = (angle + t) % radix)
                {
                    var cosine = T.Broadcast(roots[2 * angle]);
                    var sine = T.Broadcast(roots[2 * angle + 1]);
                    er = T.MultiplyAdd(sums[u].Re, cosine, er);
                    ei = T.MultiplyAdd(sums[u].Im, cosine, ei);
                    gr = T.MultiplyAdd(differences[u].Re, sine, gr);
                    gi = T.MultiplyAdd(differences[u].Im, sine, gi);
                }

                var w = twiddle + 2 * (t - 1);
                new Pair(er + gi, ei - gr).StoreTwiddled(w, yr + o + t * d, yi + o + t * d);
                w = twiddle + 2 * (radix - t - 1);
                new Pair(er - gi, ei + gr).StoreTwiddled(w, yr + o + (radix - t) * d, yi + o + (radix - t) * d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dft4(
        float* xr,
        float* xi,
        nint offset,
        nint step,
        out Pair y0,
        out Pair y1,
        out Pair y2,
        out Pair y3
    )
    {
        xr += offset;
        xi += offset;
        var x0r = T.Load(xr);
        var x2r = T.Load(xr + 2 * step);
        var ar = x0r + x2r;
        var br = x0r - x2r;
        var x0i = T.Load(xi);
        var x2i = T.Load(xi + 2 * step);
        var ai = x0i + x2i;
        var bi = x0i - x2i;
        var x1r = T.Load(xr + step);
        var x3r = T.Load(xr + 3 * step);
        var cr = x1r + x3r;
        var di = x3r - x1r;
        var x1i = T.Load(xi + step);
        var x3i = T.Load(xi + 3 * step);
        var ci = x1i + x3i;
        var dr = x1i - x3i;
        y0 = new Pair(ar + cr, ai + ci);
        y1 = new Pair(br + dr, bi + di);
        y2 = new Pair(ar - cr, ai - ci);
        y3 = new Pair(br - dr, bi - di);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwiddled(T re, T im, T wr, T wi, float* yr, float* yi)
    {
        T.Store(T.NegatedMultiplyAdd(im, wi, re * wr), yr);
        T.Store(T.MultiplyAdd(im, wr, re * wi), yi);
    }

    private readonly struct Pair(T re, T im)
    {
        public readonly T Re = re;
        public readonly T Im = im;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* yr, float* yi)
        {
            T.Store(Re, yr);
            T.Store(Im, yi);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void StoreTwiddled(float* w, float* yr, float* yi) =>
            Butterflies<T>.StoreTwiddled(Re, Im, T.Broadcast(w[0]), T.Broadcast(w[1]), yr, yi);
    }
}
