using System.Text.Json;
using System.Text.Json.Serialization;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>The options of AWF that are stored with a network that was trained on its results.</summary>
internal sealed record StoredAwf(
    int Iterations,
    StartObject Start,
    double StepFactor,
    bool Accelerated,
    double Smoothness
)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Refuses options that a file cannot hold.</summary>
    public static AwfOptions RequirePlain(AwfOptions options, string parameter)
    {
        if (options.InitialObject is not null || options.Refinement is not null || options.Correction is not null)
            throw new ArgumentException(
                "A post-processing network belongs to AWF from its own start with a known probe: InitialObject, Refinement and Correction must be null.",
                parameter
            );
        if (options.Stop.ResidualTarget > 0 || options.Stop.StagnationTolerance > 0 || options.Stop.HeldOut is not null)
            throw new ArgumentException(
                "A post-processing network belongs to a fixed number of AWF iterations: ResidualTarget and StagnationTolerance must be 0, HeldOut null.",
                parameter
            );
        return options;
    }

    public static string Write(AwfOptions options) =>
        JsonSerializer.Serialize(
            new StoredAwf(
                options.Stop.Iterations,
                options.Start,
                options.StepFactor,
                options.Accelerated,
                options.Smoothness
            ),
            s_json
        );

    public static AwfOptions Read(string json)
    {
        var stored =
            JsonSerializer.Deserialize<StoredAwf>(json, s_json) ?? throw new JsonException("The text is null.");
        return new AwfOptions
        {
            Stop = new StopRules { Iterations = stored.Iterations },
            Start = stored.Start,
            StepFactor = stored.StepFactor,
            Accelerated = stored.Accelerated,
            Smoothness = stored.Smoothness,
        };
    }
}
