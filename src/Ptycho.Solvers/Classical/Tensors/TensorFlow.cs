using Ptycho.IO;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>The state of a solver over a stack of measurements. Its tensors live until it is disposed.</summary>
internal abstract class TensorFlow : IDisposable
{
    private readonly TensorOptions _options;
    private Tensor? _good;

    /// <param name="stack">The measurements; owned from here on.</param>
    /// <param name="options">For the stacks that follow when objects leave.</param>
    protected TensorFlow(MeasurementStack stack, TensorOptions options) => (Stack, _options) = (stack, options);

    /// <summary>The measurements still under way.</summary>
    protected MeasurementStack Stack { get; private set; }

    /// <summary>The estimates, complex64 [B, H, W], as a view or a new tensor of the caller's scope.</summary>
    public abstract Tensor Objects();

    /// <summary>One iteration of every object.</summary>
    /// <returns>Σ_k Σ w(|Ψ_k| − a_k)² of each, as the method measures it, and Σ|o| after the step.</returns>
    public (double[] Misfits, double[] Sizes) Iterate()
    {
        using var scope = NewDisposeScope();
        var misfits = Step();
        var sizes = Objects().abs().flatten(1).sum(1, type: float64);
        var values = cat([misfits, sizes], 0).cpu().data<double>().ToArray();
        return (values[..Stack.Count], values[Stack.Count..]);
    }

    /// <summary>Keeps the estimates of some objects in place of those kept before.</summary>
    /// <param name="chosen">Whether an object's is kept, [B].</param>
    public void Remember(bool[] chosen)
    {
        using var scope = NewDisposeScope();
        if (_good is null)
        {
            _good = Objects().clone().DetachFromDisposeScope();
            return;
        }

        for (var first = 0; first < chosen.Length; first++)
        {
            // One copy for neighbours: mostly it is all of them.
            var end = first;
            while (end < chosen.Length && chosen[end])
                end++;
            if (end > first)
                _good.narrow(0, first, end - first).copy_(Objects().narrow(0, first, end - first));
            first = end;
        }
    }

    /// <summary>The estimate of an object that was kept last; null before anything was.</summary>
    public ComplexField? Good(int place)
    {
        using var scope = NewDisposeScope();
        return _good?[place].cpu().ToField();
    }

    /// <summary>Σ w(|Ψ_k| − a_k)² of every frame of every object at its estimate, [B][K].</summary>
    public double[][] FrameMisfits()
    {
        using var scope = NewDisposeScope();
        var padded = Stack.Scan.Pad(Objects());
        var misfits = zeros([Stack.Count, Stack.Frames], float64, Stack.Device);
        foreach (var part in Stack.Chunks.Parts(Stack.Count, Stack.Frames))
        {
            using var inner = NewDisposeScope();
            var frames = Stack.Take(part, Stack.Scan.Places);
            var farField = frames.ToDetector(Stack.Scan, padded.narrow(0, part.Object, part.Objects));
            misfits
                .narrow(0, part.Object, part.Objects)
                .narrow(1, part.Frame, part.Frames)
                .copy_(frames.Misfit(farField));
        }

        var values = misfits.cpu().data<double>().ToArray();
        return [.. values.Chunk(Stack.Frames)];
    }

    /// <summary>Goes on with some of the objects only.</summary>
    public void Keep(int[] objects)
    {
        var kept = objects.Select(b => Stack.Measurements[b]).ToArray();
        Stack.Dispose();
        Stack = new MeasurementStack(kept, _options, Stack.Chunks.Limit);
        using var scope = NewDisposeScope();
        var index = tensor([.. objects.Select(b => (long)b)], device: Stack.Device);
        Select(t => t.index_select(0, index));
        if (_good is not null)
            Replace(ref _good, t => t.index_select(0, index));
    }

    public virtual void Dispose()
    {
        _good?.Dispose();
        Stack.Dispose();
    }

    /// <summary>One iteration; float64 [B] in the caller's scope.</summary>
    protected abstract Tensor Step();

    /// <summary>Replaces every tensor of the state, [B, …], by what the function makes of it.</summary>
    protected abstract void Select(Func<Tensor, Tensor> choose);

    /// <summary>Replaces a tensor of the state.</summary>
    internal static void Replace(ref Tensor tensor, Func<Tensor, Tensor> choose)
    {
        var old = tensor;
        tensor = choose(old).DetachFromDisposeScope();
        old.Dispose();
    }

    /// <summary>Numbers of each object as [B, 1, 1], in the caller's scope.</summary>
    protected Tensor PerObject(IEnumerable<double> values) =>
        tensor([.. values.Select(v => (float)v)], [Stack.Count, 1, 1], device: Stack.Device);

    /// <summary>Adds up δ·U over modes at the frames' places.</summary>
    protected void AddStep(Tensor padded, Tensor step, Tensor factor, FramePlaces places)
    {
        using var scope = NewDisposeScope();
        var product = step.mul_(factor);
        Stack.Scan.Add(padded, product.shape[2] == 1 ? product.squeeze(2) : product.sum(2), places);
    }
}
