using System.Reflection;

namespace Ptycho.LibTorch.Tests.Seam;

/// <summary>What a type exposes and the list does not have, in the list's own form.</summary>
internal static class ApiComparison
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance;

    internal static IEnumerable<string> Deviations(Type type, ListedType listed)
    {
        var name = ApiText.Name(type);
        if (Kind(type) != listed.Kind)
            yield return $"{name} is a {Kind(type)}, listed as {listed.Kind}";
        if (Base(type) is { } own && FirstOf(listed.Bases) != own)
            yield return $"{name} derives from {own}, listed: {listed.Bases}";
        var members = type.IsEnum ? EnumMembers(type) : Members(type);
        foreach (var member in members.Where(m => !listed.Members.Contains(m)))
            yield return $"{name}: {member}";
    }

    private static IEnumerable<string> EnumMembers(Type type) =>
        Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n))}");

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var field in type.GetFields(Declared))
            if (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
                yield return ApiText.Of(field);
        foreach (var constructor in type.GetConstructors(Declared))
            if (ApiText.IsExposed(constructor) && !constructor.IsStatic)
                yield return ApiText.Of(constructor);
        foreach (var property in type.GetProperties(Declared))
            if (property.GetMethod is { } get && ApiText.IsExposed(get))
                yield return ApiText.Of(property);
        foreach (var method in type.GetMethods(Declared))
            if (ApiText.IsExposed(method) && !IsPartOfProperty(method) && !GoesUnlisted(method))
                yield return ApiText.Of(method);
    }

    private static bool IsPartOfProperty(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    // Nobody calls a finalizer, and GetHashCode goes with Equals, which is listed.
    private static bool GoesUnlisted(MethodInfo method) => method.Name is "Finalize" or "GetHashCode";

    private static string Kind(Type type) =>
        type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            _ => "class",
        };

    private static string? Base(Type type) =>
        type.IsValueType || type.BaseType == typeof(object) || type.BaseType is null
            ? null
            : ApiText.Name(type.BaseType);

    // The base class comes first, up to the comma outside all brackets.
    private static string FirstOf(string bases)
    {
        var depth = 0;
        for (var i = 0; i < bases.Length; i++)
        {
            depth += bases[i] switch
            {
                '<' or '(' => 1,
                '>' or ')' => -1,
                _ => 0,
            };
            if (depth == 0 && bases[i] == ',')
                return bases[..i];
        }
        return bases;
    }
}
