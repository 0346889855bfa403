using Ptycho.IO.Arrays;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Reads attributes of an open object.</summary>
internal static unsafe class Hdf5AttributeReader
{
    /// <summary>The numbers of an attribute, or null where there is none of this name.</summary>
    public static NumericArray? ReadNumbers(long owner, string name, Hdf5Context context, string path)
    {
        using var attribute = Open(owner, name, context, path);
        if (attribute is null)
            return null;
        var place = $"{path}@{name}";
        using var fileType = context.Own(Hdf5Native.H5Aget_type(attribute.Id), place, "tell its type");
        using var space = context.Own(Hdf5Native.H5Aget_space(attribute.Id), place, "tell its shape");
        var (type, memory) = Hdf5TypeMap.ForReading(fileType.Id, context, place);
        using (memory)
        {
            var shape = Hdf5Extent.Checked(Hdf5Space.Shape(space.Id, context, place).AsSpan(), type, context, place);
            var length = ArrayShape.ByteLength(shape, type, nameof(name));
            // Attributes are never packed; a type of one byte may become one of eight.
            if (length / 8 > Hdf5Extent.FileSize(attribute.Id))
                throw context.Invalid(place, $"{length} bytes are announced, which the file cannot hold.");
            var bytes = new byte[length];
            fixed (byte* buffer = bytes)
                if (bytes.Length > 0)
                    context.Check(Hdf5Native.H5Aread(attribute.Id, memory.Id, buffer), place, "be read");
            ArrayReader.CheckBools(type, bytes, context.File, $"'{place}'");
            return NumericArray.Wrap(type, shape, bytes);
        }
    }

    /// <summary>The text of an attribute, or null where there is none of this name or it is no single text.</summary>
    public static string? ReadText(long owner, string name, Hdf5Context context, string path)
    {
        using var attribute = Open(owner, name, context, path);
        if (attribute is null)
            return null;
        var place = $"{path}@{name}";
        using var fileType = context.Own(Hdf5Native.H5Aget_type(attribute.Id), place, "tell its type");
        if (Hdf5Native.H5Tget_class(fileType.Id) != Hdf5Constants.StringClass)
            return null;
        using var space = context.Own(Hdf5Native.H5Aget_space(attribute.Id), place, "tell its shape");
        var id = attribute.Id;
        var texts = Hdf5Text.Read(
            id,
            fileType.Id,
            space.Id,
            (type, to) => Hdf5Native.H5Aread(id, type, to),
            context,
            place
        );
        return texts.Length == 1 ? texts[0] : null;
    }

    private static Hdf5Handle? Open(long owner, string name, Hdf5Context context, string path)
    {
        var exists = context.Check(Hdf5Native.H5Aexists(owner, name), path, "look for an attribute");
        return exists == 0
            ? null
            : context.Own(Hdf5Native.H5Aopen(owner, name, Hdf5Constants.Default), $"{path}@{name}", "be opened");
    }
}
