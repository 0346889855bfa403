namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Refuses options that only the managed form of a solver has.</summary>
internal static class Unsupported
{
    /// <exception cref="ArgumentException">The option is set.</exception>
    public static void Refuse(bool isSet, string option, string managed)
    {
        if (isSet)
            throw new ArgumentException($"The form over tensors has no {option}; {managed} has.", nameof(option));
    }
}
