namespace Ptycho.Mutation;

/// <summary>The score of every file, and who survived.</summary>
internal static class Table
{
    public static void Write(TextWriter writer, IReadOnlyList<Mutant> mutants)
    {
        foreach (var mutant in mutants.Where(mutant => mutant.Fate == Fate.Survived))
            writer.WriteLine(
                $"survived  {mutant.File}:{mutant.Line}  {mutant.Mutator} {mutant.Id}: {mutant.Original}  →  {mutant.Replacement}"
            );
        foreach (var file in mutants.GroupBy(mutant => mutant.File))
            Row(writer, file.Key, [.. file]);
        Row(writer, "together", mutants);
    }

    private static void Row(TextWriter writer, string name, IReadOnlyCollection<Mutant> mutants)
    {
        var survived = mutants.Count(mutant => mutant.Fate == Fate.Survived);
        var killed = mutants.Count - survived;
        writer.WriteLine(
            $"{name, -40} {mutants.Count, 5} mutants {killed, 5} killed (of them {mutants.Count(m => m.Fate == Fate.TimedOut)} by the "
                + $"time limit, {mutants.Count(m => m.Fate == Fate.Crashed)} by a crash) {100.0 * killed / mutants.Count, 6:f1} %"
        );
    }
}
