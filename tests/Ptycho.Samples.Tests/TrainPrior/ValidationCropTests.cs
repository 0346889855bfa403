using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Samples.TrainPrior;

namespace Ptycho.Samples.Tests.TrainPrior;

public sealed class ValidationCropTests
{
    private const int Side = 512;
    private const int Crop = BloodSmearSplit.ValidationSize;

    /// <summary>Objects of layers, equal along a row: whoever turns or mirrors a crop up and down can be told.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void CropsOfThePublishedObjectsAreTurnedOnlyWhereTurnsAreWanted(bool upright)
    {
        using var folder = new TemporaryFolder();
        var layers = ComplexField.Constant(Side, Side, 1);
        for (var i = 0; i < Side * Side; i++)
            layers.Real[i] = 0.8f + 0.4f * (i / Side) / Side;
        foreach (var name in (string[])["red", "green", "blue"])
            NpzFile.Write(
                folder.File(name + ".npz"),
                new Dictionary<string, NumericArray> { ["object"] = NumericArray.FromComplexField(layers) }
            );

        var settings = new Settings
        {
            Objects = folder.Path,
            Output = folder.Path,
            Upright = upright,
            ValidationCrops = 8,
        };
        var crops = TrainingImages.ValidationCrops(settings, new MagnitudePhaseEncoder());

        var tilted = Enumerable.Range(0, settings.ValidationCrops).Count(crop => AlongARow(crops.Values, crop) > 1e-3);
        var falling = Enumerable.Range(0, settings.ValidationCrops).Count(crop => DownAColumn(crops.Values, crop) < 0);
        Assert.That((tilted, falling), upright ? Is.EqualTo((0, 0)) : Is.Not.EqualTo((0, 0)));
    }

    private static float AlongARow(ReadOnlySpan<float> values, int crop) =>
        Math.Abs(values[Index(crop, Crop / 2, Crop - 1)] - values[Index(crop, Crop / 2, 0)]);

    private static float DownAColumn(ReadOnlySpan<float> values, int crop) =>
        values[Index(crop, Crop - 1, Crop / 2)] - values[Index(crop, 0, Crop / 2)];

    // Of the first channel, the magnitude.
    private static int Index(int crop, int row, int column) => (2 * crop * Crop + row) * Crop + column;
}
