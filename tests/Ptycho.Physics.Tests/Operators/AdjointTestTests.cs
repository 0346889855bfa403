using Ptycho.Physics.Operators;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Operators;

public class AdjointTestTests
{
    [TestCase(2, 2, 0)]
    [TestCase(2, 3, 0.5)]
    [TestCase(-1, 1, 2)]
    public void TheMismatchIsHowFarTheProductsAreApartInUnitsOfTheNorms(double ahead, double back, double expected)
    {
        // Of one number ⟨Af, ψ⟩ is a·f·ψ* and its size that of the norms' product, so that |a − b|/|a| is left.
        Assert.That(AdjointTest.Mismatch(new Factors(ahead, back)), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void TheRandomNumbersFollowTheSeedAlone()
    {
        var wrong = new Factors(2, 3, size: 4);
        var found = new ulong[] { 5, 5, 6 }
            .Select(seed => AdjointTest.Mismatch(wrong, seed))
            .ToArray();
        Assert.That(found[1], Is.EqualTo(found[0]));
        Assert.That(found[2], Is.Not.EqualTo(found[0]));
        Assert.That(
            () => AdjointTest.Mismatch(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("forward")
        );
    }

    /// <summary>Multiplies ahead by one factor and back by another.</summary>
    private sealed class Factors(double ahead, double back, long size = 1) : IForwardOperator
    {
        public (long Height, long Width) ObjectShape => (size, size);

        public (long Frames, long Modes, long Height, long Width) FarFieldShape => (1, 1, size, size);

        public Tensor Forward(Tensor obj) => (obj * ahead).reshape(-1, 1, 1, size, size);

        public Tensor Adjoint(Tensor farField) => (farField * back).reshape(-1, size, size);
    }
}
