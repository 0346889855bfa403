using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

public class MomentumTests
{
    [Test]
    public void TwoStepsAreThoseOfThePaper()
    {
        const float friction = 0.5f;
        var plane = new AlignedBuffer(3);
        ((float[])[1, 2, 3]).CopyTo(plane.Span);
        var momentum = new Momentum(plane, friction);
        ((float[])[2, 2, 5]).CopyTo(plane.Span);
        momentum.Step();
        // v = (1, 0, 2), o = (2.5, 2, 6).
        Assert.That(plane.Span.ToArray(), Is.EqualTo((float[])[2.5f, 2, 6]));
        ((float[])[2.5f, 3, 6]).CopyTo(plane.Span);
        momentum.Step();
        // v = (.5, 1, 1), o = (2.75, 3.5, 6.5).
        Assert.That(plane.Span.ToArray(), Is.EqualTo((float[])[2.75f, 3.5f, 6.5f]));
        Assert.That(momentum.Velocity.Span.ToArray(), Is.EqualTo((float[])[0.5f, 1, 1]));
    }
}
