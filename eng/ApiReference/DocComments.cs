using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ptycho.ApiReference;

/// <summary>The documentation comments of a library, from the XML file that the compiler wrote beside it.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    internal DocComments(Assembly library) =>
        _members = XDocument
            .Load(Path.ChangeExtension(library.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    internal XElement? Of(MemberInfo member) => _members.GetValueOrDefault(Id(member));

    /// <summary>A comment's text in one paragraph of Markdown.</summary>
    internal static string Plain(XElement? element)
    {
        if (element is null)
            return "";
        var text = string.Concat(element.Nodes().Select(Inline));
        return Blanks().Replace(text, " ").Trim();
    }

    private static string Inline(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" or "seealso" } see => $"`{Target(see)}`",
            XElement { Name.LocalName: "paramref" or "typeparamref" } named => $"`{named.Attribute("name")?.Value}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => " " + Plain(other) + " ",
            _ => "",
        };

    private static string Target(XElement see)
    {
        var name = see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? see.Value;
        if (name.Length > 1 && name[1] == ':')
            name = name[2..];
        name = name.Split('(')[0];
        var parts = name.Split('.');
        return Arity()
            .Replace(
                see.Attribute("cref")?.Value.StartsWith("T:", StringComparison.Ordinal) == true || parts.Length < 2
                    ? parts[^1]
                    : $"{parts[^2]}.{parts[^1]}",
                ""
            );
    }

    /// <summary>The identifier that the compiler gives a member.</summary>
    private static string Id(MemberInfo member) =>
        member switch
        {
            Type type => "T:" + Name(type),
            MethodBase method => "M:" + Name(method.DeclaringType!) + "." + Method(method),
            PropertyInfo property => "P:"
                + Name(property.DeclaringType!)
                + "."
                + property.Name
                + List(property.GetIndexParameters()),
            EventInfo happening => "E:" + Name(happening.DeclaringType!) + "." + happening.Name,
            _ => "F:" + Name(member.DeclaringType!) + "." + member.Name,
        };

    private static string Method(MethodBase method)
    {
        var name = method.IsConstructor ? "#ctor" : method.Name;
        var arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        var result = method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion
            ? "~" + Argument(conversion.ReturnType)
            : "";
        return name + arity + List(method.GetParameters()) + result;
    }

    private static string List(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(p => Argument(p.ParameterType)))})";

    private static string Argument(Type type)
    {
        if (type.IsByRef)
            return Argument(type.GetElementType()!) + "@";
        if (type.IsPointer)
            return Argument(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Argument(type.GetElementType()!)
                + (
                    type.GetArrayRank() == 1
                        ? "[]"
                        : $"[{string.Join(",", Enumerable.Repeat("0:", type.GetArrayRank()))}]"
                );
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType)
            return Name(type);
        var arguments = string.Join(",", type.GetGenericArguments().Select(Argument));
        return Arity().Replace(Name(type.GetGenericTypeDefinition()), "") + $"{{{arguments}}}";
    }

    private static string Name(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
