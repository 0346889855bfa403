using System.Collections.Immutable;
using System.Text.Json;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Networks.Layers;

namespace Ptycho.Diffusion.Weights;

/// <summary>The architectures that a stored prior may name, each with the way to build it from its JSON. Immutable.</summary>
public sealed class NetworkArchitectures
{
    private readonly ImmutableSortedDictionary<string, Func<string, long, ScoreNetwork>> _factories;

    private NetworkArchitectures(ImmutableSortedDictionary<string, Func<string, long, ScoreNetwork>> factories) =>
        _factories = factories;

    /// <summary>The library's own architectures.</summary>
    public static NetworkArchitectures Standard { get; } =
        new(
            ImmutableSortedDictionary.CreateRange<string, Func<string, long, ScoreNetwork>>(
                StringComparer.Ordinal,
                [
                    new(
                        CompactUNet.StoredName,
                        (json, limit) =>
                            new CompactUNet(NetworkJson.Read<CompactUNetOptions>(json), WeightInitializer.Blank(limit))
                    ),
                    new(
                        GuidedDiffusionUNet.StoredName,
                        (json, limit) =>
                            new GuidedDiffusionUNet(NetworkJson.Read<UNetOptions>(json), WeightInitializer.Blank(limit))
                    ),
                ]
            )
        );

    /// <summary>The same architectures and one more, or another one of the same name.</summary>
    /// <param name="name">What <see cref="ScoreNetwork.Architecture"/> says.</param>
    /// <param name="create">Builds the network from what <see cref="ScoreNetwork.Describe"/> gave.</param>
    public NetworkArchitectures With(string name, Func<string, ScoreNetwork> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        return new NetworkArchitectures(_factories.SetItem(name, (json, _) => create(json)));
    }

    /// <summary>Builds a network whose weights are to be overwritten; the library's own have zeros.</summary>
    /// <param name="name">The architecture.</param>
    /// <param name="json">Its configuration.</param>
    /// <param name="weightLimit">How many weights the library's own networks may have at most.</param>
    /// <exception cref="ArgumentException">The name is not known, or the configuration contradicts itself or asks for
    /// more weights than allowed.</exception>
    /// <exception cref="JsonException">The configuration is not the JSON of this architecture.</exception>
    public ScoreNetwork Create(string name, string json, long weightLimit = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(json);
        if (!_factories.TryGetValue(name, out var create))
            throw new ArgumentException(
                $"The architecture '{name}' is not known; known are {string.Join(", ", _factories.Keys)}.",
                nameof(name)
            );
        return create(json, weightLimit);
    }
}
