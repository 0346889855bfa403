using System.Runtime.CompilerServices;

namespace Ptycho.Physics.Fourier;

/// <summary>
/// The tables of an unscaled 1-D transform of one length: radices 2, 3, 4, 8 and odd primes up to 13, by
/// Bluestein's chirp where a larger prime remains. Immutable after construction, for any number of threads.
/// </summary>
internal sealed unsafe class LineTransform
{
    private const int LargestRadix = 13;
    private readonly int[] _radices;
    private readonly AlignedBuffer[] _twiddles;
    private readonly AlignedBuffer?[] _roots;
    private readonly LineTransform? _convolution;
    private readonly AlignedBuffer? _chirp;
    private readonly AlignedBuffer? _chirpSpectrum;

    public LineTransform(int length)
    {
        Length = length;
        _radices = Factor(length);
        _twiddles = new AlignedBuffer[_radices.Length];
        _roots = new AlignedBuffer?[_radices.Length];
        WorkLength = length;
        if (length > 1 && _radices.Length == 0)
        {
            _convolution = new LineTransform((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * length)));
            WorkLength = _convolution.Length;
            _chirp = Chirp(length);
            _chirpSpectrum = ChirpSpectrum(_convolution, _chirp, length);
            return;
        }

        var remaining = length;
        for (var i = 0; i < _radices.Length; i++)
        {
            var radix = _radices[i];
            _twiddles[i] = Twiddles(remaining, radix);
            _roots[i] = radix is 2 or 3 or 4 or 8 ? null : Roots(radix);
            remaining /= radix;
        }
    }

    public int Length { get; }

    /// <summary>Elements that each of the two work buffers must hold (times lanes, re and im planes apart).</summary>
    public int WorkLength { get; }

    /// <summary>
    /// Transforms Count lines side by side: element e of the input at e·stride, of the output at e·outStride, or
    /// without an output at e·Count in one of the two work buffers of 2·WorkLength·Count floats.
    /// </summary>
    /// <returns>Where the result lies.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Planes Run<T>(Planes input, nint stride, AlignedBuffer a, AlignedBuffer b, Planes output, nint outStride)
        where T : unmanaged, ILanes<T>
    {
        var plane = (nint)WorkLength * T.Count;
        var (workA, workB) = (Planes.Of(a, plane), Planes.Of(b, plane));
        if (_convolution is not null)
            return RunChirp<T>(input, stride, workA, workB, output, outStride);
        if (_radices.Length > 0)
            return RunStages<T>(input, stride, workA, workB, output, outStride);
        if (output.IsNone)
            output = workA;
        T.Store(T.Load(input.Re), output.Re);
        T.Store(T.Load(input.Im), output.Im);
        return output;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Planes RunStages<T>(Planes x, nint stride, Planes a, Planes b, Planes output, nint outStride)
        where T : unmanaged, ILanes<T>
    {
        var s = 1;
        var remaining = Length;
        for (var i = 0; i < _radices.Length; i++)
        {
            var y = (i & 1) == 0 ? a : b;
            nint lanes = T.Count;
            if (i == _radices.Length - 1 && !output.IsNone)
                (y, lanes) = (output, outStride);
            var radix = _radices[i];
            var m = remaining / radix;
            var w = _twiddles[i].Pointer;
            switch (radix)
            {
                case 8:
                    Butterflies<T>.Radix8(x.Re, x.Im, stride, y.Re, y.Im, lanes, m, s, w);
                    break;
                case 4:
                    Butterflies<T>.Radix4(x.Re, x.Im, stride, y.Re, y.Im, lanes, m, s, w);
                    break;
                case 2:
                    Butterflies<T>.Radix2(x.Re, x.Im, stride, y.Re, y.Im, lanes, s);
                    break;
                case 3:
                    Butterflies<T>.Radix3(x.Re, x.Im, stride, y.Re, y.Im, lanes, m, s, w);
                    break;
                default:
                    var roots = _roots[i]!.Pointer;
                    Butterflies<T>.OddRadix(x.Re, x.Im, stride, y.Re, y.Im, lanes, radix, m, s, w, roots);
                    break;
            }

            (x, stride) = (y, lanes);
            remaining = m;
            s *= radix;
        }

        return x;
    }

    // Bluestein: X[k] = c[k] Σ (x[j] c[j]) conj(c[k−j]), c[j] = exp(−iπj²/n), a circular convolution of length ≥ 2n−1.
    private Planes RunChirp<T>(Planes x, nint stride, Planes a, Planes b, Planes output, nint outStride)
        where T : unmanaged, ILanes<T>
    {
        nint lanes = T.Count;
        var chirp = _chirp!.Pointer;
        for (var j = 0; j < Length; j++)
            Multiply<T>(x + j * stride, chirp + 2 * j, b + j * lanes);
        new Span<float>(b.Re + Length * lanes, (WorkLength - Length) * T.Count).Clear();
        new Span<float>(b.Im + Length * lanes, (WorkLength - Length) * T.Count).Clear();
        var spectrum = _convolution!.RunStages<T>(b, lanes, a, b, Planes.None, 0);
        var filter = _chirpSpectrum!.Pointer;
        for (var j = 0; j < WorkLength; j++)
            Multiply<T>(spectrum + j * lanes, filter + 2 * j, spectrum + j * lanes);

        // A stage never reads what it writes, and the stages alternate: the first one must leave the spectrum alone.
        var (first, second) = spectrum.Re == a.Re ? (b, a) : (a, b);
        var sum = _convolution.RunStages<T>(spectrum.Exchanged, lanes, first, second, Planes.None, 0).Exchanged;
        if (output.IsNone)
            (output, outStride) = (sum, lanes);
        for (var j = 0; j < Length; j++)
            Multiply<T>(sum + j * lanes, chirp + 2 * j, output + j * outStride);
        return output;
    }

    private static void Multiply<T>(Planes x, float* w, Planes y)
        where T : unmanaged, ILanes<T>
    {
        var re = T.Load(x.Re);
        var im = T.Load(x.Im);
        var wr = T.Broadcast(w[0]);
        var wi = T.Broadcast(w[1]);
        T.Store(T.NegatedMultiplyAdd(im, wi, re * wr), y.Re);
        T.Store(T.MultiplyAdd(im, wr, re * wi), y.Im);
    }

    // The last stage has no twiddles, so the largest radix stands there.
    private static int[] Factor(int length)
    {
        var radices = new List<int>();
        for (var radix = LargestRadix; radix >= 3; radix -= 2)
            while (length % radix == 0 && radix != 9)
            {
                radices.Add(radix);
                length /= radix;
            }

        var twos = System.Numerics.BitOperations.TrailingZeroCount(length);
        if (length != 1 << twos)
            return [];
        var eights = twos / 3;
        if (twos % 3 == 1 && eights > 0)
            radices.AddRange([4, 4]);
        else if (twos % 3 == 2)
            radices.Add(4);
        else if (twos % 3 == 1)
            radices.Add(2);
        radices.AddRange(Enumerable.Repeat(8, twos % 3 == 1 && eights > 0 ? eights - 1 : eights));
        return [.. radices];
    }

    private static AlignedBuffer Twiddles(int remaining, int radix)
    {
        var m = remaining / radix;
        var table = new AlignedBuffer(2 * m * (radix - 1));
        for (var p = 0; p < m; p++)
        for (var t = 1; t < radix; t++)
            Root(table.Pointer + 2 * (p * (radix - 1) + t - 1), -2.0 * p * t / remaining);
        return table;
    }

    private static AlignedBuffer Roots(int radix)
    {
        var table = new AlignedBuffer(2 * radix);
        for (var j = 0; j < radix; j++)
            Root(table.Pointer + 2 * j, 2.0 * j / radix);
        return table;
    }

    private static AlignedBuffer Chirp(int length)
    {
        var table = new AlignedBuffer(2 * length);
        for (long j = 0; j < length; j++)
            Root(table.Pointer + 2 * j, -(double)(j * j % (2 * length)) / length);
        return table;
    }

    private static AlignedBuffer ChirpSpectrum(LineTransform convolution, AlignedBuffer chirp, int length)
    {
        var work = convolution.Length;
        var lanes = Lanes8.Count;
        var input = new AlignedBuffer(2 * work * lanes);
        for (var j = 0; j < length; j++)
        for (var i = 0; i < 2; i++)
        {
            var index = i == 0 || j == 0 ? j : work - j;
            input.Pointer[index * lanes] = chirp.Pointer[2 * j];
            input.Pointer[(work + index) * lanes] = -chirp.Pointer[2 * j + 1];
        }

        var a = new AlignedBuffer(2 * work * lanes);
        var b = new AlignedBuffer(2 * work * lanes);
        var y = convolution.Run<Lanes8>(Planes.Of(input, work * lanes), lanes, a, b, Planes.None, 0);
        var table = new AlignedBuffer(2 * work);
        for (var j = 0; j < work; j++)
        {
            table.Pointer[2 * j] = y.Re[j * lanes] / work;
            table.Pointer[2 * j + 1] = y.Im[j * lanes] / work;
        }

        GC.KeepAlive(input);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return table;
    }

    private static void Root(float* destination, double halfTurns)
    {
        var (sine, cosine) = Math.SinCos(Math.PI * halfTurns);
        destination[0] = (float)cosine;
        destination[1] = (float)sine;
    }
}
