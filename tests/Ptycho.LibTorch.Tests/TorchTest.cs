using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests;

/// <summary>Each test runs in a dispose scope, which ends what the test leaves behind.</summary>
public abstract class TorchTest
{
    private DisposeScope? _scope;

    [SetUp]
    public void OpenScope() => _scope = NewDisposeScope();

    [TearDown]
    public void CloseScope() => _scope!.Dispose();
}
