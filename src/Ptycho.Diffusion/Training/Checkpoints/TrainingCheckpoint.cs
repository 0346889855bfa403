using System.Globalization;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;

namespace Ptycho.Diffusion.Training.Checkpoints;

/// <summary>
/// Everything that a training run is after a step, as one safetensors file: weights, their average, both moments, the
/// number of steps, and the options as a note. Batches and noise are functions of (seed, step) and need no state.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string Format = "ptycho-training-checkpoint-2";

    // Written before there was a seal; a run of days still goes on from it.
    private const string Unsealed = "ptycho-training-checkpoint-1";

    public static void Write(
        string path,
        long step,
        string options,
        IReadOnlyList<(string Group, NamedTensors Tensors)> state
    )
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal);
        foreach (var (group, tensors) in state)
            for (var i = 0; i < tensors.Count; i++)
                arrays.Add($"{group}.{tensors.Names[i]}", tensors.Read(i));
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["options"] = options,
        };
        SafetensorsFile.Write(path, SafetensorsSeal.Add(new SafetensorsContent(arrays, metadata)));
    }

    /// <summary>Fills the state's tensors and gives the number of steps taken; nothing is changed if the file does not fit.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint, damaged, or belongs to another network.</exception>
    public static long Read(string path, IReadOnlyList<(string Group, NamedTensors Tensors)> state)
    {
        var content = SafetensorsFile.Read(path);
        var format = content.Metadata.GetValueOrDefault("format");
        if (string.Equals(format, Format, StringComparison.Ordinal))
            RequireSeal(content, path);
        else if (!string.Equals(format, Unsealed, StringComparison.Ordinal))
            throw new InvalidDataException($"{path} is not a training checkpoint ({Format}).");
        if (
            !long.TryParse(
                content.Metadata.GetValueOrDefault("step"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var step
            )
        )
            throw new InvalidDataException($"{path} does not say in 'step' how many steps were taken.");

        var expected = 0;
        foreach (var (group, tensors) in state)
            for (var i = 0; i < tensors.Count; i++, expected++)
                Check(path, content, $"{group}.{tensors.Names[i]}", tensors[i].shape);
        if (content.Tensors.Count != expected)
            throw new InvalidDataException(
                $"{path} holds {content.Tensors.Count} tensors and this network's state {expected}: it belongs to another "
                    + "network. Use the options that it was made with, or another folder."
            );
        foreach (var (group, tensors) in state)
            for (var i = 0; i < tensors.Count; i++)
                tensors.Write(i, content.Tensors[$"{group}.{tensors.Names[i]}"]);
        return step;
    }

    private static void RequireSeal(SafetensorsContent content, string path)
    {
        try
        {
            SafetensorsSeal.Require(content, path);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                e.Message + " Delete the file, and the run goes on from the checkpoint before.",
                e
            );
        }
    }

    private static void Check(string path, SafetensorsContent content, string key, long[] shape)
    {
        if (!content.Tensors.TryGetValue(key, out var array))
            throw new InvalidDataException(
                $"{path} has no tensor '{key}': it belongs to another network. Use the options that it was made with, or "
                    + "another folder."
            );
        if (array.ElementType != ElementType.Float32 || !array.Shape.Select(n => (long)n).SequenceEqual(shape))
            throw new InvalidDataException(
                $"{path}: tensor '{key}' is {array}, but the network's is Float32 [{string.Join(", ", shape)}]."
            );
        var values = array.AsSpan<float>();
        for (var i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new InvalidDataException(
                    $"{path}: tensor '{key}' holds {values[i]} at element {i}; the file is damaged. Delete it, and the run "
                        + "goes on from the checkpoint before."
                );
    }
}
