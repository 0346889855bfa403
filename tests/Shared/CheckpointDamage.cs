using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using Ptycho.IO.Tests.Fuzzing;

namespace Ptycho.Tests.Shared;

/// <summary>
/// Seeded damage to a checkpoint. Half of the files are damaged in their bytes; the others are whole safetensors files whose
/// content is wrong: a note with other text, an array that is missing, of another name, type, shape or length, or that holds
/// numbers at their limits. Most are sealed anew, or the seal alone would refuse them and nothing behind it be tested.
/// </summary>
internal static class CheckpointDamage
{
    private static readonly double[] Limits =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.MaxValue,
        float.MaxValue,
        -1,
        0,
        1,
        1e6,
        -1e6,
        2147483648.0,
        -2147483649.0,
        9.3e18,
        1e-45,
    ];

    public static byte[] Make(byte[] good, SafetensorsContent content, int seed)
    {
        var random = new Random(seed);
        if (random.Next(2) == 0)
        {
            var bytes = Mutator.Mutate(good, random);
            return random.Next(2) == 0 ? bytes : Resealed(bytes);
        }
        var arrays = new Dictionary<string, NumericArray>(content.Tensors, StringComparer.Ordinal);
        var notes = new Dictionary<string, string>(content.Metadata, StringComparer.Ordinal);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
            if (random.Next(3) == 0)
                EditNote(notes, random);
            else
                EditArray(arrays, random);
        var damaged = new SafetensorsContent(arrays, notes);
        return Bytes(random.Next(8) == 0 ? damaged : SafetensorsSeal.Add(damaged));
    }

    private static byte[] Resealed(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            return Bytes(SafetensorsSeal.Add(SafetensorsFile.Read(stream, "damaged")));
        }
        catch (InvalidDataException)
        {
            return bytes;
        }
    }

    private static byte[] Bytes(SafetensorsContent content)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, content);
        return stream.ToArray();
    }

    private static void EditNote(Dictionary<string, string> notes, Random random)
    {
        if (notes.Count == 0)
            return;
        var key = notes.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(notes.Count));
        switch (random.Next(6))
        {
            case 0:
                notes.Remove(key);
                break;
            case 1:
                notes[key] = "";
                break;
            default:
                notes[key] = Text(notes[key], random);
                break;
        }
    }

    // Damaged, but still Unicode, which is all that a safetensors file can hold.
    private static string Text(string text, Random random) =>
        System.Text.Encoding.UTF8.GetString(Mutator.Mutate(System.Text.Encoding.UTF8.GetBytes(text), random));

    private static void EditArray(Dictionary<string, NumericArray> arrays, Random random)
    {
        if (arrays.Count == 0)
            return;
        var key = arrays.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(arrays.Count));
        var array = arrays[key];
        switch (random.Next(8))
        {
            case 0:
                arrays.Remove(key);
                break;
            case 1:
                arrays.Remove(key);
                arrays[Text(key, random) + "x"] = array;
                break;
            case 2:
                arrays[key] = NumericArray.Create<float>([1.5f]);
                break;
            case 3:
                arrays[key] = NumericArray.Create<float>([], 0, 2, int.MaxValue);
                break;
            case 4:
                arrays[key] = NumericArray.Create<double>(array.ToDouble(), [.. array.Shape, 1]);
                break;
            default:
                arrays[key] = WithLimit(array, random);
                break;
        }
    }

    private static NumericArray WithLimit(NumericArray array, Random random)
    {
        if (array.Length == 0)
            return array;
        var at = random.Next((int)array.Length);
        var value = random.Next(4) == 0 ? random.NextDouble() * 200 - 100 : Limits[random.Next(Limits.Length)];
        if (array.ElementType == ElementType.Float64)
        {
            var doubles = array.ToDouble();
            doubles[at] = value;
            return NumericArray.Create<double>(doubles, array.Shape.AsSpan());
        }
        var singles = array.ToSingle();
        singles[at] = (float)value;
        return NumericArray.Create<float>(singles, array.Shape.AsSpan());
    }
}
