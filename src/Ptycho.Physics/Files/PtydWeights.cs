using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files;

/// <summary>
/// The weights of ptypy's prepared data: one frame for each of a chunk's, <c>chunks/N/weights</c>, or, where a chunk has
/// none, one for all, <c>weight2d</c> in <c>meta</c>, <c>info</c> or <c>common</c>.
/// </summary>
internal sealed class PtydWeights(Hdf5File file, FrameImport frames, int height, int width, List<string> notes)
{
    private const string Differ = "Weights differ between frames; a pixel that is 0 in one of them was masked in all.";

    /// <summary>Weights of the imported pixels: 0 where some weight that was added is not above 0, else 1.</summary>
    public float[] Mask { get; } = [.. Enumerable.Repeat(1f, frames.Height * frames.Width)];

    /// <summary>Adds those of some frames of a chunk.</summary>
    /// <param name="chunk">The chunk's group.</param>
    /// <param name="stored">Frames of the chunk.</param>
    /// <param name="first">The first of those that are read.</param>
    /// <param name="count">How many are read.</param>
    /// <exception cref="InvalidDataException">The shape is not that of the data; both are named.</exception>
    public void Add(string chunk, long stored, int first, int count)
    {
        var path = $"{chunk}/weights";
        if (!file.IsDataset(path) || file.IsText(path))
        {
            AddCommon();
            return;
        }
        using var dataset = file.OpenDataset(path);
        if (dataset.Shape.Contains(0))
        {
            AddCommon();
            return;
        }
        if (!dataset.Shape.SequenceEqual([stored, height, width]))
            throw new InvalidDataException(
                $"'{path}' is [{string.Join(", ", dataset.Shape)}], but '{chunk}/data' is [{stored}, {height}, {width}]: "
                    + "weights must have the shape of the data, a frame for each, or be empty. Where one frame of weights "
                    + $"holds for all, leave them empty and store it as 'meta/weight2d', [{height}, {width}]."
            );
        Add(
            MeasurementAssembly.ReadFrames(
                (start, length) => dataset.ReadRange(start, length),
                frames,
                first,
                count,
                weights: true
            )
        );
    }

    private void AddCommon()
    {
        foreach (var path in (string[])["meta/weight2d", "info/weight2d", "common/weight2d"])
        {
            if (!file.IsDataset(path) || file.IsText(path))
                continue;
            using var dataset = file.OpenDataset(path);
            // A single value says that there are weights, or that there are none (ptypy's None).
            if (dataset.Shape.Contains(0) || dataset.Shape.All(axis => axis == 1) && height * width > 1)
                continue;
            if (!dataset.Shape.SequenceEqual([height, width]))
                throw new InvalidDataException(
                    $"'{path}' is [{string.Join(", ", dataset.Shape)}], but frames are [{height}, {width}]; "
                        + "it must be one frame of weights."
                );
            var imported = new float[Mask.Length];
            frames.ApplyWeights(dataset.Read().ToSingle(), imported);
            Add(imported);
            var note = $"The weights of '{path}' were taken for all frames that have none of their own.";
            if (!notes.Contains(note, StringComparer.Ordinal))
                notes.Add(note);
            return;
        }
    }

    // ptypy's weights are 1/variance or 0/1; only their being zero is a mask here, as it is in ptypy.
    private void Add(float[] weights)
    {
        var differ = false;
        for (var i = 0; i < weights.Length; i++)
        {
            differ |= weights[i] != weights[i % Mask.Length];
            if (!(weights[i] > 0))
                Mask[i % Mask.Length] = 0;
        }
        if (differ && !notes.Contains(Differ, StringComparer.Ordinal))
            notes.Add(Differ);
    }
}
