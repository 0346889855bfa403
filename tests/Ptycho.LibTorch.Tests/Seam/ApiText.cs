using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ptycho.LibTorch.Tests.Seam;

/// <summary>Writes reflected members in the form of the list.</summary>
internal static class ApiText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    internal static string Of(FieldInfo field) =>
        $"{Access(field.IsPublic)}{(field.IsStatic ? " static" : "")} {Name(field.FieldType)} {field.Name}";

    internal static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor.IsPublic)} ctor({Parameters(constructor.GetParameters())})";

    internal static string Of(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{Names(method.GetGenericArguments())}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)} {Name(method.ReturnType)} {method.Name}{generic}({extension}{Parameters(method.GetParameters())})";
    }

    internal static string Of(PropertyInfo property)
    {
        var getter = property.GetMethod!;
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{Parameters(index)}]";
        var setter = property.SetMethod is { } set && IsExposed(set) ? " set;" : "";
        // The list does not tell which properties are virtual.
        var modifiers = Access(getter.IsPublic) + (getter.IsStatic ? " static" : "");
        return $"{modifiers} {Name(property.PropertyType)} {name} {{ get;{setter} }}";
    }

    internal static bool IsExposed(MethodBase method) =>
        method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>A type's name without namespace, nested ones behind their outer type: torch.nn.Module&lt;T, TResult&gt;.</summary>
    internal static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        var arguments = type.GetGenericArguments();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true || IsOpenTuple(type))
            return $"({Names(arguments)})";
        var plain = type.Name.Split('`')[0];
        if (type.DeclaringType is { } outer)
            return $"{Name(outer)}.{plain}" + (arguments.Length > 0 ? $"<{Names(arguments)}>" : "");
        return plain + (arguments.Length > 0 ? $"<{Names(arguments)}>" : "");
    }

    private static bool IsOpenTuple(Type type) =>
        type is { IsGenericType: true, Namespace: "System" }
        && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    private static string Names(Type[] types) => string.Join(", ", types.Select(Name));

    private static string Access(bool isPublic) => isPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method) =>
        Access(method.IsPublic)
        + (
            method.IsStatic ? " static"
            : method.IsAbstract ? " abstract"
            : method is { IsVirtual: true, IsFinal: false } ? " virtual"
            : ""
        );

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var prefix =
            parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.IsOut ? "out "
            : type.IsByRef ? "ref "
            : "";
        var value = parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue, type)}" : "";
        return $"{prefix}{Name(type)} {parameter.Name}{value}";
    }

    private static string Default(object? value, Type type) =>
        value switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            bool b => b ? "true" : "false",
            string s => $"\"{s}\"",
            _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"Default value {value}."),
        };
}
