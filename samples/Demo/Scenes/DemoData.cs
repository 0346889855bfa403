using System.Globalization;
using System.Text.RegularExpressions;
using Ptycho.Physics.Measurements;

namespace Ptycho.Samples.Demo.Scenes;

/// <summary>Reads a folder of measurements named overlap-20-crop-1.npz and so on.</summary>
internal static partial class DemoData
{
    /// <summary>The scenes chosen, by overlap and crop.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="crops">Crops at most, at each overlap; null for all.</param>
    /// <param name="overlaps">Overlaps in percent; none for all.</param>
    /// <exception cref="IOException">The folder or a chosen overlap is not there.</exception>
    /// <exception cref="InvalidDataException">A measurement is wrong or has no truth; its file is named.</exception>
    public static IReadOnlyList<DemoScene> Read(string folder, int? crops, IReadOnlyList<int> overlaps)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"The folder of measurements '{folder}' does not exist; name one with --data."
            );
        var files = Directory.EnumerateFiles(folder, "*.npz").Select(Parse).OfType<Entry>().ToArray();
        if (files.Length == 0)
            throw new FileNotFoundException($"'{folder}' has no measurement named like overlap-20-crop-1.npz.");
        foreach (var overlap in overlaps)
            if (!files.Any(file => file.Overlap == overlap))
                throw new FileNotFoundException(
                    $"'{folder}' has no measurement with {overlap} % overlap, only with "
                        + $"{string.Join(", ", files.Select(file => file.Overlap).Distinct().Order())} %."
                );
        return
        [
            .. files
                .Where(file => overlaps.Count == 0 || overlaps.Contains(file.Overlap))
                .GroupBy(file => file.Overlap)
                .OrderBy(group => group.Key)
                .SelectMany(group => group.OrderBy(file => file.Crop).Take(crops ?? int.MaxValue))
                .Select(Load),
        ];
    }

    private static Entry? Parse(string path)
    {
        var match = FileName().Match(Path.GetFileName(path));
        return match.Success
            ? new Entry(
                path,
                int.Parse(match.Groups["overlap"].ValueSpan, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["crop"].ValueSpan, CultureInfo.InvariantCulture)
            )
            : null;
    }

    private static DemoScene Load(Entry file)
    {
        var measurement = MeasurementFile.Read(file.Path);
        var truth =
            MeasurementFile.ReadTruth(file.Path)
            ?? throw new InvalidDataException($"{file.Path}: the key 'truth' is missing; the demo compares with it.");
        if (truth.Height != measurement.ObjectHeight || truth.Width != measurement.ObjectWidth)
            throw new InvalidDataException(
                $"{file.Path}: 'truth' is {truth.Height}×{truth.Width}, but 'object_shape' says "
                    + $"{measurement.ObjectHeight}×{measurement.ObjectWidth}."
            );
        return new DemoScene(file.Overlap, file.Crop, measurement, truth);
    }

    [GeneratedRegex(@"^overlap-(?<overlap>[0-9]{1,2})-crop-(?<crop>[0-9]{1,4})\.npz$", RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();

    private sealed record Entry(string Path, int Overlap, int Crop);
}
