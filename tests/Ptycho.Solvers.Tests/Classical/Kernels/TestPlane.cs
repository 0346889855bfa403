using System.Numerics;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>A random complex plane with rows of some stride, and what it held at first.</summary>
internal sealed unsafe class TestPlane
{
    private readonly AlignedBuffer _buffer;
    private readonly float[] _before;

    public TestPlane(int seed, int length, int first = 0)
    {
        Length = length;
        _buffer = new AlignedBuffer(2 * length);
        var random = new Random(seed);
        foreach (ref var value in _buffer.Span)
            value = random.NextSingle() - 0.5f;
        _before = _buffer.Span.ToArray();
        First = first;
    }

    public int Length { get; }

    /// <summary>Where the window begins.</summary>
    public int First { get; }

    public Planes Window => Planes.Of(_buffer, Length) + First;

    public Complex Before(int index) => new(_before[First + index], _before[Length + First + index]);

    public Complex Now(int index) => new(_buffer.Span[First + index], _buffer.Span[Length + First + index]);

    public void Set(int index, Complex value)
    {
        (_buffer.Span[First + index], _before[First + index]) = ((float)value.Real, (float)value.Real);
        var at = Length + First + index;
        (_buffer.Span[at], _before[at]) = ((float)value.Imaginary, (float)value.Imaginary);
    }

    /// <summary>Asserts what every place holds; null where it must hold what it held.</summary>
    public void Holds(Func<int, Complex?> expected, double tolerance = 2e-6)
    {
        for (var i = -First; i < Length - First; i++)
        {
            var now = Now(i);
            if (expected(i) is { } value)
                Assert.That((now - value).Magnitude, Is.Zero.Within(tolerance * (1 + value.Magnitude)), $"place {i}");
            else
                Assert.That(now, Is.EqualTo(Before(i)), $"place {i}");
        }

        GC.KeepAlive(_buffer);
    }
}
