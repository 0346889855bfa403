using Ptycho.IO.Arrays;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Weights;

/// <summary>Parameters and buffers of a module as arrays by key, and back.</summary>
public static class NetworkWeights
{
    /// <summary>Copies every parameter and buffer of a module.</summary>
    /// <param name="module">The module, on any device; all its values are float32.</param>
    /// <param name="storage">float32 or float16.</param>
    /// <returns>Arrays under the keys of the module's state.</returns>
    /// <exception cref="ArgumentException">A value is not float32, or one is too large for float16; its key is named.
    /// </exception>
    public static IReadOnlyDictionary<string, NumericArray> Collect(
        nn.Module module,
        WeightStorage storage = WeightStorage.Float32
    )
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return module
            .state_dict()
            .ToDictionary(
                entry => entry.Key,
                entry => ToArray(entry.Key, entry.Value, storage),
                StringComparer.Ordinal
            );
    }

    /// <summary>
    /// Copies arrays into a module's parameters and buffers. Every key and shape is checked before the first one is
    /// changed.
    /// </summary>
    /// <param name="module">The module, on any device.</param>
    /// <param name="arrays">Arrays under the keys of the module's state, of any real element type.</param>
    /// <param name="source">What error messages call the source, a file's path for example.</param>
    /// <exception cref="InvalidDataException">A key is missing or not expected, a shape is wrong, or a value is not a
    /// finite number.</exception>
    public static void Apply(nn.Module module, IReadOnlyDictionary<string, NumericArray> arrays, string source)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(arrays);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var state = module.state_dict();
        CheckKeys(state, arrays, source);
        var values = state.ToDictionary(
            entry => entry.Key,
            entry => Values(arrays[entry.Key], entry.Key, entry.Value, source),
            StringComparer.Ordinal
        );
        foreach (var (key, target) in state)
            target.copy_(tensor(values[key], dtype: ScalarType.Float32).reshape(target.shape));
    }

    private static void CheckKeys(
        Dictionary<string, Tensor> state,
        IReadOnlyDictionary<string, NumericArray> arrays,
        string source
    )
    {
        var missing = state.Keys.Where(key => !arrays.ContainsKey(key)).Order(StringComparer.Ordinal).ToArray();
        var unexpected = arrays.Keys.Where(key => !state.ContainsKey(key)).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length == 0 && unexpected.Length == 0)
            return;
        throw new InvalidDataException(
            $"{source}: the weights do not fit the network: {Describe("missing", missing)}, "
                + $"{Describe("not expected", unexpected)}."
        );
    }

    private static string Describe(string what, string[] keys) =>
        keys.Length switch
        {
            0 => $"no key is {what}",
            1 => $"the key '{keys[0]}' is {what}",
            _ => $"{keys.Length} keys are {what}, the first '{keys[0]}'",
        };

    private static float[] Values(NumericArray array, string key, Tensor target, string source)
    {
        if (!target.shape.AsSpan().SequenceEqual([.. array.Shape.Select(length => (long)length)]))
            throw new InvalidDataException(
                $"{source}: '{key}' has the shape [{string.Join(", ", array.Shape)}] but the network needs "
                    + $"[{string.Join(", ", target.shape)}]."
            );
        float[] values;
        try
        {
            values = array.ToSingle();
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"{source}: '{key}' is {array.ElementType}; weights are real.", error);
        }
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad >= 0)
            throw new InvalidDataException($"{source}: '{key}' holds {values[bad]} at element {bad}.");
        return values;
    }

    private static NumericArray ToArray(string key, Tensor value, WeightStorage storage)
    {
        if (value.dtype != ScalarType.Float32)
            throw new ArgumentException($"'{key}' is {value.dtype}; only float32 values can be stored.", nameof(value));
        using var accessor = value.detach().cpu().contiguous().data<float>();
        var values = accessor.ToArray();
        int[] shape = [.. value.shape.Select(length => checked((int)length))];
        return storage switch
        {
            WeightStorage.Float32 => NumericArray.Create<float>(values, shape),
            WeightStorage.Float16 => NumericArray.Create<Half>(Narrow(key, values), shape),
            _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "Weights are float32 or float16."),
        };
    }

    private static Half[] Narrow(string key, float[] values)
    {
        var narrow = new Half[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, narrow);
        var bad = Array.FindIndex(narrow, value => !Half.IsFinite(value));
        return bad < 0
            ? narrow
            : throw new ArgumentException(
                $"'{key}' holds {values[bad]}, which float16 cannot; store float32.",
                nameof(values)
            );
    }
}
