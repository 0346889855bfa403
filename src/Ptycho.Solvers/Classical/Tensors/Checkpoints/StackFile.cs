using System.Globalization;
using Ptycho.Solvers.Checkpoints;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>The checkpoint of a stack on disk, bound to all that its numbers depend on.</summary>
internal static class StackFile
{
    /// <summary>The file of one of several stacks: the index of its first measurement and their number come before the extension.</summary>
    public static CheckpointOptions? Of(CheckpointOptions? options, int[] indices)
    {
        if (options is null)
            return null;
        var stack = string.Create(CultureInfo.InvariantCulture, $".{indices[0]}x{indices.Length}");
        return options with
        {
            Path = Path.ChangeExtension(options.Path, null) + stack + Path.GetExtension(options.Path),
        };
    }

    /// <param name="options">Where it lies.</param>
    /// <param name="solve">The solver and its options.</param>
    /// <param name="frameLimit">Bytes that frames take at once: parts of another size are summed up in another order.</param>
    /// <param name="members">The measurements.</param>
    public static SamplerFile Open(
        CheckpointOptions options,
        TensorSolve solve,
        long frameLimit,
        IReadOnlyList<StackMember> members
    )
    {
        var start = solve.Given is null ? "none" : Fingerprint.Of(solve.Given);
        List<(string, string)> others =
        [
            ("initial object", start),
            ("device type", (solve.Tensors.Device ?? TorchSharp.torch.CPU).type.ToString()),
            ("order of frames", solve.Tensors.GroupFrames ? "grouped" : "as given"),
            ("bound on the memory of frames", frameLimit.ToString(CultureInfo.InvariantCulture)),
            ("number of measurements", members.Count.ToString(CultureInfo.InvariantCulture)),
        ];
        for (var place = 1; place < members.Count; place++)
            others.Add(($"measurement {place}", Fingerprint.Of(members[place].Measurement)));
        var first = Fingerprint.Of(members[0].Measurement);
        return new SamplerFile(
            options,
            new RunIdentity($"{solve.Name} in tensors", solve.Identity, first, [.. others])
        );
    }
}
