using System.Text;
using System.Text.Json.Nodes;
using Ptycho.IO.Tests.Fuzzing;

namespace Ptycho.Diffusion.Tests.Fuzzing;

/// <summary>
/// Seeded damage to a JSON object. One in four texts is damaged in its bytes; the others are good JSON with one to three
/// values replaced, removed, doubled or named otherwise.
/// </summary>
internal static class JsonDamage
{
    private static readonly string[] Values =
    [
        "0",
        "1",
        "2",
        "3",
        "5",
        "8",
        "12",
        "16",
        "64",
        "100",
        "4096",
        "65536",
        "65537",
        "1000000",
        "2147483647",
        "-2147483648",
        "9223372036854775808",
        "-1",
        "0.5",
        "0.999999999",
        "1.5",
        "1e-300",
        "1e308",
        "1e999",
        "\"NaN\"",
        "\"\"",
        "\"linear\"",
        "\"cosine\"",
        "\"betas\"",
        "null",
        "true",
        "false",
        "[]",
        "{}",
        "[1]",
        "[1,1,1]",
        "[2,0.5]",
        "[1024,1024]",
        "[1000000000,1000000000]",
        "[[1]]",
        "[0.001,0.001]",
        "[null]",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
    ];

    public static string Make(string good, int seed)
    {
        var random = new Random(seed);
        if (random.Next(4) == 0)
            return Encoding.UTF8.GetString(Mutator.Mutate(Encoding.UTF8.GetBytes(good), random));
        var root = JsonNode.Parse(good)!.AsObject();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
            Edit(root, random);
        return root.ToJsonString();
    }

    private static void Edit(JsonObject root, Random random)
    {
        if (root.Count == 0)
            return;
        var key = root.ElementAt(random.Next(root.Count)).Key;
        switch (random.Next(10))
        {
            case 0:
                root.Remove(key);
                break;
            case 1:
                root[key + "x"] = Value(random);
                break;
            case 2 when root[key] is JsonObject inner:
                Edit(inner, random);
                break;
            case 3 when root[key] is JsonArray { Count: > 0 } array:
                array[random.Next(array.Count)] = Value(random);
                break;
            case 4:
                root[key] = Deep(random.Next(1, 100));
                break;
            default:
                root[key] = Value(random);
                break;
        }
    }

    // JSON that .NET cannot hold as a number stays the text that it is.
    private static JsonNode? Value(Random random) => JsonNode.Parse(Values[random.Next(Values.Length)]);

    private static JsonNode Deep(int levels)
    {
        JsonNode node = JsonValue.Create(1);
        for (var i = 0; i < Math.Min(levels, 60); i++)
            node = new JsonArray(node);
        return node;
    }
}
