namespace Ptycho.Mutation;

internal enum Fate
{
    Waiting,
    Survived,
    Killed,
    TimedOut,
    Crashed,
}

/// <summary>One change of the sources, by Stryker's number, and what became of it.</summary>
internal sealed record Mutant(int Id, string File, int Line, string Mutator, string Original, string Replacement)
{
    public Fate Fate { get; set; }

    /// <summary>The test that failed.</summary>
    public string? Killer { get; set; }
}
