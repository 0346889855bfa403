using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Autograd;

public class GradModeTests : TorchTest
{
    [Test]
    public void ModesNest()
    {
        Assert.That(is_grad_enabled(), Is.True);
        using (no_grad())
        {
            Assert.That(is_grad_enabled(), Is.False);
            using (enable_grad())
            {
                Assert.That(is_grad_enabled(), Is.True);
                using (set_grad_enabled(false))
                    Assert.That(is_grad_enabled(), Is.False);
                Assert.That(is_grad_enabled(), Is.True);
            }
            Assert.That(is_grad_enabled(), Is.False);
        }
        Assert.That(is_grad_enabled(), Is.True);
    }

    [Test]
    public void NothingIsRecordedWithoutGradients()
    {
        var x = tensor(1.0, requires_grad: true);
        using (no_grad())
            Assert.That((x * 2).requires_grad, Is.False);
        Assert.That((x * 2).requires_grad, Is.True);
        using (inference_mode())
            Assert.That((x * 2).requires_grad, Is.False);
        Assert.That((x * 2).requires_grad, Is.True);
    }

    [Test]
    public void TheModeIsTheThreadsOwn()
    {
        using var off = no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.That(elsewhere, Is.True);
        Assert.That(is_grad_enabled(), Is.False);
    }

    [Test]
    public void AModeEndsWithAnException()
    {
        Assert.That(
            () =>
            {
                using var off = no_grad();
                throw new InvalidOperationException("thrown inside");
            },
            Throws.InvalidOperationException
        );
        Assert.That(is_grad_enabled(), Is.True);
    }
}
