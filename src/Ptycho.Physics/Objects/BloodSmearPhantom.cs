using Ptycho.IO;
using Ptycho.Physics.Randomness;

namespace Ptycho.Physics.Objects;

/// <summary>
/// Draws complex objects that look like the recovered blood smears: biconcave red cells, single and in chains, with rims;
/// some dense dark cells; platelets; a smooth background and fine grain. No raw data are needed.
/// </summary>
public static class BloodSmearPhantom
{
    /// <summary>Draws an object of any size; the same arguments give the same object.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="seed">Another seed gives another smear.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>A field [height, width] with median magnitude 1 and a real, positive mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static ComplexField Create(int height, int width, ulong seed, BloodSmearPhantomOptions? options = null)
    {
        options ??= new BloodSmearPhantomOptions();
        var random = new StableRandom(seed);
        // −log magnitude in the real plane and phase in the imaginary one, until the end.
        var field = new ComplexField(height, width);
        foreach (var cell in CellPlacement.Draw(height, width, options, random))
            CellPainter.Draw(field, cell);
        SmoothBackground.Add(field.Real, height, width, 0.3 * options.BackgroundPhase, random);
        SmoothBackground.Add(field.Imaginary, height, width, options.BackgroundPhase, random);
        Grain.Add(field.Real, height, width, options.Grain, random);
        Grain.Add(field.Imaginary, height, width, options.Grain, random);
        for (var i = 0; i < field.Length; i++)
        {
            var magnitude = MathF.Exp(-field.Real[i]);
            var (sin, cos) = MathF.SinCos(field.Imaginary[i]);
            (field.Real[i], field.Imaginary[i]) = (magnitude * cos, magnitude * sin);
        }
        ObjectGauge.Normalise(field);
        return field;
    }
}
