namespace TorchSharp;

/// <summary>The stack of dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? s_current;

    public static ThreadDisposeScopeStatistics Statistics => Current.Counters;

    internal static DisposeScopeManager Current => s_current ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics Counters { get; } = new();

    internal DisposeScope? Top { get; private set; }

    internal DisposeScope Open() => Top = new DisposeScope(this) { Outer = Top };

    internal void Remove(DisposeScope scope)
    {
        if (ReferenceEquals(Top, scope))
        {
            Top = scope.Outer;
            return;
        }
        // Closed out of order: the scopes inside it go on with its outer one.
        for (var inner = Top; inner is not null; inner = inner.Outer)
            if (ReferenceEquals(inner.Outer, scope))
                inner.Outer = scope.Outer;
    }

    internal void Register(torch.Tensor tensor)
    {
        if (Top is null)
        {
            Counters.CreatedOutsideScopeCount++;
            return;
        }
        Counters.CreatedInScopeCount++;
        Top.Adopt(tensor);
    }
}
