using Ptycho.IO.Arrays;

namespace Ptycho.IO.Matlab;

/// <summary>One variable; no values if its class is passed over.</summary>
internal readonly record struct MatVariable(string Name, MatArrayClass Class, NumericArray? Values);
