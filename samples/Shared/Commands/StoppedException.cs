namespace Ptycho.Samples.Shared.Commands;

/// <summary>The user stopped the work; the message says what is kept and how to go on.</summary>
public sealed class StoppedException(string message) : OperationCanceledException(message);
