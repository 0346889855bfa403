using System.Globalization;
using System.Reflection;

namespace Ptycho.ApiReference;

/// <summary>Types as C# writes them, without their namespaces, with the nullability that the compiler noted.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    /// <summary>The name of a type in a signature.</summary>
    internal static string Of(Type type, NullabilityInfo? info = null, bool write = false)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, info?.ElementType ?? info, write);
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value, info?.GenericTypeArguments.FirstOrDefault()) + "?";
        var state = write ? info?.WriteState : info?.ReadState;
        var mark = !type.IsValueType && state == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, info?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        return Plain(type, info?.GenericTypeArguments ?? []) + mark;
    }

    /// <summary>The name of a type at its declaration: nested types by their whole path.</summary>
    internal static string Declared(Type type) =>
        (type.DeclaringType is { } outer ? Declared(outer) + "." : "")
        + Cut(type.Name)
        + Parameters(type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0));

    /// <summary>A constant as C# writes it.</summary>
    internal static string Literal(object? value, Type type) =>
        value switch
        {
            null when type.IsValueType && Nullable.GetUnderlyingType(type) is null => "default",
            null => "null",
            string text => $"\"{text}\"",
            char letter => $"'{letter}'",
            bool yes => yes ? "true" : "false",
            _ when type.IsEnum => $"{type.Name}.{Enum.GetName(type, value) ?? value.ToString()}",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string Plain(Type type, NullabilityInfo[] arguments)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsGenericParameter || !type.IsGenericType)
            return (type is { IsNested: true, IsGenericParameter: false } ? Plain(type.DeclaringType!, []) + "." : "")
                + type.Name;
        var own = type.GetGenericArguments();
        var names = own.Select((argument, i) => Of(argument, i < arguments.Length ? arguments[i] : null)).ToArray();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return $"({string.Join(", ", names)})";
        return $"{Cut(type.Name)}<{string.Join(", ", names)}>";
    }

    private static string Parameters(IEnumerable<Type> types)
    {
        var names = types.Select(type => type.Name).ToArray();
        return names.Length == 0 ? "" : $"<{string.Join(", ", names)}>";
    }

    private static string Cut(string name) =>
        name.Contains('`', StringComparison.Ordinal) ? name[..name.IndexOf('`', StringComparison.Ordinal)] : name;
}
