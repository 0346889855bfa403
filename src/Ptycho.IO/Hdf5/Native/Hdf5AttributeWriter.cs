using Ptycho.IO.Arrays;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Writes attributes of an open object.</summary>
internal static unsafe class Hdf5AttributeWriter
{
    public static void Write(Hdf5Handle owner, string name, NumericArray value, Hdf5Context context, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        using var scope = Hdf5Scope.Enter();
        var place = $"{path}@{name}";
        using var type = Hdf5TypeMap.ForWriting(value.ElementType, context, place);
        using var space = Hdf5Space.Create([.. value.Shape.Select(axis => (long)axis)], context, place);
        using var attribute = Create(owner, name, type, space, context, place);
        fixed (byte* buffer = value.Bytes)
            if (value.Length > 0)
                context.Check(Hdf5Native.H5Awrite(attribute.Id, type.Id, buffer), place, "be written");
    }

    public static void Write(Hdf5Handle owner, string name, string value, Hdf5Context context, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        using var scope = Hdf5Scope.Enter();
        var place = $"{path}@{name}";
        using var type = Hdf5Text.VariableType(context, place);
        using var space = Hdf5Space.Create([], context, place);
        using var attribute = Create(owner, name, type, space, context, place);
        var id = attribute.Id;
        Hdf5Text.Write(value, type.Id, (memory, from) => Hdf5Native.H5Awrite(id, memory, from), context, place);
    }

    private static Hdf5Handle Create(
        Hdf5Handle owner,
        string name,
        Hdf5Handle type,
        Hdf5Handle space,
        Hdf5Context context,
        string place
    )
    {
        var id = Hdf5Native.H5Acreate2(owner.Id, name, type.Id, space.Id, Hdf5Constants.Default, Hdf5Constants.Default);
        return context.Own(id, place, "be created");
    }
}
