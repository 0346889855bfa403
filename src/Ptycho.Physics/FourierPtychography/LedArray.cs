using MathNet.Numerics.RootFinding;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// A flat LED array under the sample, its LEDs lit one after the other in an outward square spiral from the centre one.
/// All lengths in metres. The defaults are those of the public blood-smear data of Zheng et al., Nature Reviews Physics 3,
/// 207 (2021): pitch 4 mm, 90.88 mm below the sample, 1 mm of glass of index 1.52.
/// </summary>
public sealed record LedArray
{
    /// <summary>Distance between neighbouring LEDs, m; above 0.</summary>
    public double Pitch
    {
        get;
        init => field = Require.Positive(value, nameof(Pitch));
    } = 4e-3;

    /// <summary>Distance from the array to the sample, m, without the glass; above 0.</summary>
    public double Distance
    {
        get;
        init => field = Require.Positive(value, nameof(Distance));
    } = 90.88e-3;

    /// <summary>Thickness of the glass (the slide) between array and sample, m; 0 for none.</summary>
    public double GlassThickness
    {
        get;
        init => field = Require.NotNegative(value, nameof(GlassThickness));
    } = 1e-3;

    /// <summary>Refractive index of the glass; at least 1.</summary>
    public double GlassIndex
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(GlassIndex));
    } = 1.52;

    /// <summary>Where the centre LED lies along the columns, seen from the optical axis, m.</summary>
    public double OffsetX
    {
        get;
        init => field = Require.Finite(value, nameof(OffsetX));
    }

    /// <summary>Where the centre LED lies along the rows, seen from the optical axis, m.</summary>
    public double OffsetY
    {
        get;
        init => field = Require.Finite(value, nameof(OffsetY));
    }

    /// <summary>Rotation of the array about the optical axis, from x towards y, radians.</summary>
    public double Rotation
    {
        get;
        init => field = Require.Finite(value, nameof(Rotation));
    }

    /// <summary>
    /// The directions of the first LEDs of the spiral whose steps along (x, y) are +1, +1, −2, −2, +3, +3, … pitches.
    /// </summary>
    /// <param name="count">How many LEDs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public IReadOnlyList<IlluminationDirection> SpiralDirections(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (sin, cos) = Math.SinCos(Rotation);
        var directions = new IlluminationDirection[count];
        var k = 0;
        foreach (var (column, row) in Spiral(count))
        {
            var x = Pitch * column + OffsetX;
            var y = Pitch * row + OffsetY;
            directions[k++] = DirectionFrom(x * cos - y * sin, x * sin + y * cos);
        }
        return directions;
    }

    /// <summary>The direction of the light at the sample from an LED at (x, y) metres from the axis, after refraction.</summary>
    public IlluminationDirection DirectionFrom(double x, double y)
    {
        var distance = Math.Sqrt(x * x + y * y);
        if (distance == 0)
            return default;
        var sine = Sine(distance);
        return new IlluminationDirection(sine * y / distance, sine * x / distance);
    }

    // The glass shifts the ray sideways by o: s = (l − o)/hypot(l − o, H) with o = t·tan(asin(s/n)). The left side
    // falls with o, so that the root in [0, l] is the only one.
    private double Sine(double distance)
    {
        var offset =
            GlassThickness == 0
                ? 0
                : Brent.FindRoot(o => o - OffsetInGlass(Sine(distance, o)), 0, distance, accuracy: 1e-12 * distance);
        return Sine(distance, offset);
    }

    private double Sine(double distance, double offset) =>
        (distance - offset) / Math.Sqrt((distance - offset) * (distance - offset) + Distance * Distance);

    private double OffsetInGlass(double sine) => GlassThickness * Math.Tan(Math.Asin(sine / GlassIndex));

    private static IEnumerable<(int Column, int Row)> Spiral(int count)
    {
        var (column, row) = (0, 0);
        yield return (column, row);
        var given = 1;
        for (var (length, sign) = (1, 1); ; length++, sign = -sign)
        {
            for (var i = 0; i < 2 * length; i++)
            {
                if (given++ == count)
                    yield break;
                if (i < length)
                    column += sign;
                else
                    row += sign;
                yield return (column, row);
            }
        }
    }
}
