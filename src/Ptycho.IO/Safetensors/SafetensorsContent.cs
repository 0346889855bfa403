using Ptycho.IO.Arrays;

namespace Ptycho.IO.Safetensors;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors by key, real element types only.</param>
/// <param name="Metadata">Free text by key (the header's __metadata__); empty if there is none.</param>
public sealed record SafetensorsContent(
    IReadOnlyDictionary<string, NumericArray> Tensors,
    IReadOnlyDictionary<string, string> Metadata
);
