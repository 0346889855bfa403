using System.Runtime.InteropServices;
using System.Text;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Strings of fixed or variable length, of datasets and attributes.</summary>
internal static unsafe class Hdf5Text
{
    /// <summary>The longest list of texts, or text of a declared length, that is read, in bytes.</summary>
    private const long LargestText = 1 << 20;

    public delegate int Transfer(long type, void* buffer);

    /// <summary>Reads all texts of an object; the caller knows that its type is a string.</summary>
    /// <param name="owner">The dataset or attribute.</param>
    /// <param name="fileType">Its type.</param>
    /// <param name="space">Its shape.</param>
    /// <param name="read">Reads all of it.</param>
    /// <param name="context">Whose file it is.</param>
    /// <param name="path">Where in the file.</param>
    public static string[] Read(long owner, long fileType, long space, Transfer read, Hdf5Context context, string path)
    {
        long count = 1;
        foreach (var axis in Hdf5Space.Shape(space, context, path))
            count = axis > LargestText ? LargestText + 1 : Math.Min(count * axis, LargestText + 1);
        var variable = Hdf5Native.H5Tis_variable_str(fileType) > 0;
        var size = variable ? (ulong)sizeof(nint) : Hdf5Native.H5Tget_size(fileType);
        if (count > LargestText || size > (ulong)LargestText || (long)size * count > LargestText)
            throw context.Invalid(path, $"is text of more than {LargestText} bytes, which is not read.");
        if (count == 0)
            return [];
        if (variable)
            return ReadVariable(owner, (int)count, read, context, path);
        using var memory = context.Own(Hdf5Native.H5Tcopy(fileType), path, "tell its type");
        return ReadFixed(memory.Id, (int)count, (int)size, read, context, path);
    }

    /// <summary>The type of one UTF-8 text of variable length, as h5py writes str.</summary>
    public static Hdf5Handle VariableType(Hdf5Context context, string path)
    {
        var type = context.Own(Hdf5Native.H5Tcopy(Hdf5Library.Id("H5T_C_S1_g")), path, "make a type");
        context.Check(Hdf5Native.H5Tset_size(type.Id, nuint.MaxValue), path, "make a type");
        context.Check(Hdf5Native.H5Tset_cset(type.Id, Hdf5Constants.Utf8), path, "make a type");
        return type;
    }

    /// <summary>Writes one text of variable length.</summary>
    public static void Write(string text, long type, Transfer write, Hdf5Context context, string path)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException(
                $"The text for '{path}' holds a NUL character, which HDF5 cuts off.",
                nameof(text)
            );
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + '\0'))
        {
            var pointer = bytes;
            context.Check(write(type, &pointer), path, "be written");
        }
    }

    private static string[] ReadFixed(long type, int count, int size, Transfer read, Hdf5Context context, string path)
    {
        var bytes = new byte[count * size];
        fixed (byte* buffer = bytes)
            context.Check(read(type, buffer), path, "be read");
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var text = bytes.AsSpan(i * size, size);
            var end = text.IndexOf((byte)0);
            texts[i] = Encoding.UTF8.GetString(end < 0 ? text : text[..end]).TrimEnd(' ');
        }
        return texts;
    }

    private static string[] ReadVariable(long owner, int count, Transfer read, Hdf5Context context, string path)
    {
        using var heap = Hdf5Heap.Open(owner, context, path);
        using var type = Hdf5HeapReference.Type(heap.ReferenceBytes, context, path);
        var references = new byte[count * heap.ReferenceBytes];
        fixed (byte* buffer = references)
            context.Check(read(type.Id, buffer), path, "be read");
        var texts = new string[count];
        var budget = LargestText;
        for (var i = 0; i < count; i++)
            texts[i] = heap.Text(references.AsSpan(i * heap.ReferenceBytes, heap.ReferenceBytes), ref budget);
        return texts;
    }
}
