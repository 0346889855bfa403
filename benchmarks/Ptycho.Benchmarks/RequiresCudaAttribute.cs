namespace Ptycho.Benchmarks;

/// <summary>Marks benchmarks that are left out, with a message, on machines without a CUDA device.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresCudaAttribute : Attribute;
