using System.Collections.Immutable;
using System.Text.Json;
using Ptycho.Diffusion.Networks;

namespace Ptycho.Diffusion.Weights;

/// <summary>The architectures that a stored prior may name, each with the way to build it from its JSON. Immutable.</summary>
public sealed class NetworkArchitectures
{
    private readonly ImmutableSortedDictionary<string, Func<string, ScoreNetwork>> _factories;

    private NetworkArchitectures(ImmutableSortedDictionary<string, Func<string, ScoreNetwork>> factories) =>
        _factories = factories;

    /// <summary>The library's own architectures.</summary>
    public static NetworkArchitectures Standard { get; } =
        new NetworkArchitectures(
            ImmutableSortedDictionary<string, Func<string, ScoreNetwork>>.Empty.WithComparers(StringComparer.Ordinal)
        )
            .With(CompactUNet.StoredName, json => new CompactUNet(NetworkJson.Read<CompactUNetOptions>(json)))
            .With(GuidedDiffusionUNet.StoredName, json => new GuidedDiffusionUNet(NetworkJson.Read<UNetOptions>(json)));

    /// <summary>The same architectures and one more, or another one of the same name.</summary>
    /// <param name="name">What <see cref="ScoreNetwork.Architecture"/> says.</param>
    /// <param name="create">Builds the network from what <see cref="ScoreNetwork.Describe"/> gave.</param>
    public NetworkArchitectures With(string name, Func<string, ScoreNetwork> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        return new NetworkArchitectures(_factories.SetItem(name, create));
    }

    /// <summary>Builds a network.</summary>
    /// <param name="name">The architecture.</param>
    /// <param name="json">Its configuration.</param>
    /// <exception cref="ArgumentException">The name is not known, or the configuration contradicts itself.</exception>
    /// <exception cref="JsonException">The configuration is not the JSON of this architecture.</exception>
    public ScoreNetwork Create(string name, string json)
    {
        if (!_factories.TryGetValue(name, out var create))
            throw new ArgumentException(
                $"The architecture '{name}' is not known; known are {string.Join(", ", _factories.Keys)}.",
                nameof(name)
            );
        return create(json);
    }
}
