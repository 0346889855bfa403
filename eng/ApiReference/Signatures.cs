using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ptycho.ApiReference;

/// <summary>Types and members as declarations of C#, one line each.</summary>
internal sealed class Signatures
{
    private readonly NullabilityInfoContext _nullability = new();

    internal static string OfType(Type type)
    {
        var keyword = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => Record(type) + "struct",
            _ => Record(type) + "class",
        };
        var modifiers = type switch
        {
            { IsEnum: true } or { IsInterface: true } => "",
            { IsValueType: true } => (Has<IsReadOnlyAttribute>(type) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : ""),
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        if (typeof(Delegate).IsAssignableFrom(type))
            (modifiers, keyword) = ("", "delegate");
        var bases = Bases(type).ToArray();
        return $"public {modifiers}{keyword} {TypeNames.Declared(type)}"
            + (bases.Length == 0 ? "" : " : " + string.Join(", ", bases))
            + Constraints(type.GetGenericArguments());
    }

    /// <summary>The declaration of a member, or null where the compiler made it or outsiders do not see it.</summary>
    internal string? OfMember(MemberInfo member) =>
        member switch
        {
            FieldInfo { IsSpecialName: false } field when Visible(field) => Field(field),
            ConstructorInfo constructor when Visible(constructor) && !Made(constructor) => Constructor(constructor),
            PropertyInfo property when !Made(property) => Property(property),
            MethodInfo method when Visible(method) && !Made(method) && (!method.IsSpecialName || IsOperator(method)) =>
                Method(method),
            EventInfo happening => $"public event {TypeNames.Of(happening.EventHandlerType!)} {happening.Name}",
            _ => null,
        };

    private string Field(FieldInfo field)
    {
        var type = TypeNames.Of(field.FieldType, _nullability.Create(field));
        if (field.DeclaringType!.IsEnum)
            return $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}";
        if (field.IsLiteral)
            return $"{Access(field)}const {type} {field.Name} = {TypeNames.Literal(field.GetRawConstantValue(), field.FieldType)}";
        return Access(field)
            + (field.IsStatic ? "static " : "")
            + (field.IsInitOnly ? "readonly " : "")
            + $"{type} {field.Name}";
    }

    private string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}{TypeNames.Declared(constructor.DeclaringType!).Split('<')[0].Split('.')[^1]}({Parameters(constructor)})";

    private string? Property(PropertyInfo property)
    {
        var accessor = property.GetMethod is { } getter && Visible(getter) ? getter : property.SetMethod;
        if (accessor is null || !Visible(accessor))
            return null;
        var parts = new List<string>();
        if (property.GetMethod is { } get && Visible(get))
            parts.Add("get;");
        if (property.SetMethod is { } set && Visible(set))
            parts.Add(
                set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;"
            );
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var info = _nullability.Create(property);
        return Access(accessor)
            + Modifiers(accessor)
            + (Has<RequiredMemberAttribute>(property) ? "required " : "")
            + (property.PropertyType.IsByRef ? "ref " : "")
            + $"{TypeNames.Of(property.PropertyType, info)} {name} {{ {string.Join(' ', parts)} }}";
    }

    private string Method(MethodInfo method)
    {
        var arguments = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>"
            : "";
        var extension = Has<ExtensionAttribute>(method) ? "this " : "";
        var result = TypeNames.Of(method.ReturnType, _nullability.Create(method.ReturnParameter));
        return Access(method)
            + Modifiers(method)
            + (method.ReturnType.IsByRef ? "ref " : "")
            + $"{result} {method.Name}{arguments}({extension}{Parameters(method)})"
            + Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []);
    }

    private string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private string Parameter(ParameterInfo parameter)
    {
        var way = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } when parameter.IsIn => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when Has<ParamArrayAttribute>(parameter) || Has<ParamCollectionAttribute>(parameter) => "params ",
            _ => "",
        };
        var type = TypeNames.Of(parameter.ParameterType, _nullability.Create(parameter), write: true);
        var value = parameter.HasDefaultValue
            ? " = " + TypeNames.Literal(parameter.RawDefaultValue, parameter.ParameterType)
            : "";
        return $"{way}{type} {parameter.Name}{value}";
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
            yield break;
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            yield return TypeNames.Of(parent);
        var inherited = type.GetInterfaces()
            .Where(i => i.IsVisible)
            .SelectMany(i => i.GetInterfaces())
            .Concat(type.BaseType?.GetInterfaces() ?? []);
        var own = type.GetInterfaces().Except(inherited).Where(i => i.IsVisible);
        foreach (var name in own.Select(i => TypeNames.Of(i)).Order(StringComparer.Ordinal))
            if (Record(type).Length == 0 || !name.StartsWith("IEquatable<", StringComparison.Ordinal))
                yield return name;
    }

    private static string Constraints(IEnumerable<Type> arguments) =>
        string.Concat(
            arguments
                .Where(a => a.IsGenericParameter)
                .Select(a => (a.Name, Rules: Rules(a).ToArray()))
                .Where(a => a.Rules.Length > 0)
                .Select(a => $" where {a.Name} : {string.Join(", ", a.Rules)}")
        );

    private static IEnumerable<string> Rules(Type argument)
    {
        var flags = argument.GenericParameterAttributes;
        var value = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (value)
            yield return "struct";
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return "class";
        foreach (var rule in argument.GetGenericParameterConstraints().Where(rule => rule != typeof(ValueType)))
            yield return TypeNames.Of(rule);
        if (!value && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            yield return "new()";
    }

    private static string Record(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            is null
            ? ""
            : "record ";

    private static string Access(MemberInfo member) =>
        member is MethodBase { IsPublic: true } or FieldInfo { IsPublic: true } ? "public " : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
            return method.IsStatic ? "static "
                : method.IsAbstract ? ""
                : "virtual ";
        if (method.IsStatic)
            return "static ";
        if (method.IsAbstract)
            return "abstract ";
        if (method.GetBaseDefinition().DeclaringType != method.DeclaringType)
            return "override ";
        return method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool Visible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool Made(MemberInfo member) => Has<CompilerGeneratedAttribute>(member);

    private static bool Has<T>(MemberInfo member) =>
        member.GetCustomAttributesData().Any(a => a.AttributeType == typeof(T));

    private static bool Has<T>(ParameterInfo parameter) =>
        parameter.GetCustomAttributesData().Any(a => a.AttributeType == typeof(T));
}
