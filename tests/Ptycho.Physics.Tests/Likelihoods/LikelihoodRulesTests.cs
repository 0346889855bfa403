using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Likelihoods;

/// <summary>What likelihoods are called, and what they refuse.</summary>
public class LikelihoodRulesTests
{
    private static readonly DiffractionData Data = new(
        [.. Enumerable.Repeat(1f, 16)],
        1,
        4,
        4,
        DiffractionUnit.Intensity
    );

    private static readonly TestCaseData[] Names =
    [
        new("amplitude ℓ2", (Func<ILikelihood>)(() => new AmplitudeLikelihood(Data))),
        new("amplitude ℓ1", (Func<ILikelihood>)(() => new AbsoluteLikelihood(Data))),
        new("Poisson", (Func<ILikelihood>)(() => new PoissonLikelihood(Data))),
    ];

    [TestCaseSource(nameof(Names))]
    public void EachSaysWhatItIs(string name, Func<ILikelihood> create)
    {
        using var likelihood = create();
        Assert.That(likelihood.Name, Is.EqualTo(name));
    }

    [Test]
    public void NoDataAreRefusedByName()
    {
        Assert.That(
            () => new AmplitudeLikelihood(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("data")
        );
        Assert.That(
            () => new PoissonLikelihood(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("data")
        );
    }
}
