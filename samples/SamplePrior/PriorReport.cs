using System.Text.Json;

namespace Ptycho.Samples.SamplePrior;

/// <summary>What the model card tells of a prior.</summary>
internal sealed record PriorReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    public required long Parameters { get; init; }

    public required double EpsilonMse { get; init; }

    public required IReadOnlyList<LevelError> EpsilonMseByLevel { get; init; }

    public required int ValidationCrops { get; init; }

    public required int LevelsPerCrop { get; init; }

    public required int Samples { get; init; }

    public required int Steps { get; init; }

    public required long Seed { get; init; }

    /// <summary>Samples against training crops, and the validation block against them as the measure of what is small.</summary>
    public required Comparison SamplesToTraining { get; init; }

    public required Comparison ValidationToTraining { get; init; }

    public required NeighbourDistances NearestNeighbours { get; init; }

    public double Seconds { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>The ε-MSE over a range of noise levels.</summary>
internal sealed record LevelError(string Levels, double EpsilonMse, int Count);
