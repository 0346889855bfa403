using System.Collections.Immutable;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Safetensors;

/// <summary>One tensor of a header; Begin and End are bytes from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Key, ElementType Type, ImmutableArray<int> Shape, long Begin, long End);
