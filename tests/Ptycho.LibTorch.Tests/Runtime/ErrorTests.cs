using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Runtime;

public class ErrorTests : TorchTest
{
    [Test]
    public void ANativeErrorIsAnExceptionWithItsMessage() =>
        Assert.That(
            () => ones(3) + ones(4),
            Throws.TypeOf<ExternalException>().With.Message.Contains("size of tensor a (3) must match")
        );

    [Test]
    public void ErrorsOfManyKindsAreExceptions()
    {
        var x = ones(2, 3);
        Assert.That(() => x.reshape(5), Throws.TypeOf<ExternalException>().With.Message.Contains("invalid for input"));
        Assert.That(() => cat([x, ones(3)]), Throws.TypeOf<ExternalException>());
        Assert.That(() => x.sum(7), Throws.TypeOf<ExternalException>().With.Message.Contains("Dimension out of range"));
        Assert.That(() => x.backward(), Throws.TypeOf<ExternalException>());
        Assert.That(() => nn.functional.conv2d(x, ones(1, 1, 9, 9)), Throws.TypeOf<ExternalException>());
    }

    [Test]
    public void WorkGoesOnAfterAnError()
    {
        for (var i = 0; i < 10; i++)
            Assert.That(() => ones(3) + ones(4), Throws.TypeOf<ExternalException>());
        Assert.That((ones(3) + ones(3)).sum().item<float>(), Is.EqualTo(6));
    }

    [Test]
    public void ADisposedTensorIsRefused()
    {
        var x = ones(2);
        x.Dispose();
        Refused(() => x + 1);
        Refused(() => ones(2) + x);
        Refused(() => x.shape);
        Refused(() => x.data<float>());
        Refused(() => cat([ones(2), x]));
    }

    [Test]
    public void ReadingAsAnotherTypeIsRefused()
    {
        Assert.That(() => ones(2).data<double>(), Throws.Exception);
        Assert.That(() => ones(2).item<float>(), Throws.Exception);
    }

    [Test]
    public void AnUnknownDeviceIsRefused() => Assert.That(() => device("abacus"), Throws.Exception);

    // ObjectDisposedException is one, too.
    private static void Refused(Func<object> use) => Assert.That(use, Throws.InstanceOf<InvalidOperationException>());
}
