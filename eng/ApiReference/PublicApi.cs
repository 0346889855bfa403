using System.Reflection;
using System.Text;

namespace Ptycho.ApiReference;

/// <summary>What a library shows to others.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>The libraries whose API is promised; Ptycho.LibTorch's is TorchSharp's.</summary>
    internal static IReadOnlyList<string> Libraries { get; } =
    ["Ptycho.IO", "Ptycho.Physics", "Ptycho.Diffusion", "Ptycho.Solvers"];

    internal static IEnumerable<Type> Types(Assembly library) =>
        library
            .GetExportedTypes()
            .OrderBy(type => type.Namespace, StringComparer.Ordinal)
            .ThenBy(TypeNames.Declared, StringComparer.Ordinal);

    /// <summary>The visible members of a type with their declarations, in a stable order.</summary>
    internal static IEnumerable<(MemberInfo Member, string Declaration)> Members(Type type)
    {
        var signatures = new Signatures();
        var members = type.GetMembers(Declared)
            .Select(member => (Member: member, Declaration: signatures.OfMember(member)))
            .Where(pair => pair.Declaration is not null)
            .Select(pair => (pair.Member, Declaration: pair.Declaration!));
        return type.IsEnum
            ? members.OrderBy(pair => Convert.ToInt64(((FieldInfo)pair.Member).GetRawConstantValue(), null))
            : members.OrderBy(pair => Rank(pair.Member)).ThenBy(pair => pair.Declaration, StringComparer.Ordinal);
    }

    /// <summary>The whole API as text: a line for each type and member.</summary>
    internal static string Text(Assembly library)
    {
        var text = new StringBuilder();
        foreach (var space in Types(library).GroupBy(type => type.Namespace))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space)
            {
                text.Append('\n').Append(Signatures.OfType(type)).Append('\n');
                foreach (var (_, declaration) in Members(type))
                    text.Append("    ").Append(declaration).Append('\n');
            }
        }
        return text.ToString();
    }

    private static int Rank(MemberInfo member) =>
        member.MemberType switch
        {
            MemberTypes.Field => 0,
            MemberTypes.Constructor => 1,
            MemberTypes.Property => 2,
            MemberTypes.Event => 3,
            _ => 4,
        };
}
