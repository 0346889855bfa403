using Ptycho.IO;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>Managed fields as tensors and back; both directions copy.</summary>
public static class FieldTensors
{
    /// <summary>One field as complex64 [H, W] on a device; the caller owns it.</summary>
    public static Tensor ToTensor(this ComplexField field, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        return ToTensor([field], device).MoveOut(t => t.squeeze(0));
    }

    /// <summary>Fields of one size as complex64 [B, H, W] on a device; the caller owns it.</summary>
    /// <exception cref="ArgumentException">No field, or fields of different sizes.</exception>
    public static Tensor ToTensor(IReadOnlyList<ComplexField> fields, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count == 0)
            throw new ArgumentException("At least one field is needed.", nameof(fields));
        var (height, width) = (fields[0].Height, fields[0].Width);
        var values = new (float, float)[fields.Count * height * width];
        for (var b = 0; b < fields.Count; b++)
        {
            var field = fields[b];
            if (field.Height != height || field.Width != width)
                throw new ArgumentException(
                    $"Field {b} is {field.Height}×{field.Width}, but field 0 is {height}×{width}.",
                    nameof(fields)
                );
            for (var i = 0; i < field.Length; i++)
                values[b * field.Length + i] = (field.Real[i], field.Imaginary[i]);
        }
        return tensor(values, [fields.Count, height, width], device: device);
    }

    /// <summary>Complex [H, W] or [B, H, W] as managed fields.</summary>
    /// <exception cref="ArgumentException">The tensor is not complex or has another rank.</exception>
    public static IReadOnlyList<ComplexField> ToFields(this Tensor objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (!objects.is_complex() || objects.ndim is not (2 or 3))
            throw new ArgumentException(
                $"A complex tensor [H, W] or [B, H, W] is needed, not {objects.dtype} [{string.Join(", ", objects.shape)}].",
                nameof(objects)
            );
        using var scope = NewDisposeScope();
        var shape = objects.shape;
        var (height, width) = ((int)shape[^2], (int)shape[^1]);
        var values = objects.detach().cpu().resolve_conj().to(complex64).contiguous().data<(float, float)>().ToArray();
        var fields = new ComplexField[objects.ndim == 2 ? 1 : shape[0]];
        for (var b = 0; b < fields.Length; b++)
        {
            var field = fields[b] = new ComplexField(height, width);
            for (var i = 0; i < field.Length; i++)
                (field.Real[i], field.Imaginary[i]) = values[b * field.Length + i];
        }
        return fields;
    }

    /// <summary>Complex [H, W], or [1, H, W], as one managed field.</summary>
    /// <exception cref="ArgumentException">The tensor holds several objects.</exception>
    public static ComplexField ToField(this Tensor obj)
    {
        var fields = obj.ToFields();
        return fields.Count == 1
            ? fields[0]
            : throw new ArgumentException($"One object is needed, not {fields.Count}.", nameof(obj));
    }

    private static Tensor MoveOut(this Tensor source, Func<Tensor, Tensor> view)
    {
        using (source)
            return view(source);
    }
}
