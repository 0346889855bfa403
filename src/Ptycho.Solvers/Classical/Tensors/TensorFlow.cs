using Ptycho.Physics.Operators;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using Ptycho.Solvers.Trust;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>The state of a solver over a stack of measurements. Its tensors live until it is disposed.</summary>
internal abstract class TensorFlow : IDisposable
{
    private static readonly long[] s_perProbe = [1, 2, 3, 4];
    private readonly TensorOptions _options;
    private readonly KeptEstimates _good = new();
    private readonly KeptEstimates _best = new();

    /// <param name="stack">The measurements; owned from here on.</param>
    /// <param name="starts">What each starts from; all have the same split of frames.</param>
    /// <param name="options">For the stacks that follow when objects leave.</param>
    /// <param name="correction">How positions are corrected, or null.</param>
    protected TensorFlow(
        MeasurementStack stack,
        IReadOnlyList<StackStart> starts,
        TensorOptions options,
        PositionCorrection? correction = null
    )
    {
        (Stack, Split, _options) = (stack, starts[0].Split, options);
        if (correction is not null)
            Correction = new ScanCorrection(stack.Measurements, Split.Used, correction);
        if (!stack.Freedom.Probes)
            return;
        using var scope = NewDisposeScope();
        stack.Scan.Probe.mul_(PerObject(starts.Select(s => s.ProbeScale)).unsqueeze(3).unsqueeze(4));
        stack.Scan.ProbeChanged();
    }

    /// <summary>The measurements still under way.</summary>
    protected MeasurementStack Stack { get; private set; }

    /// <summary>The frames used, and those held out; the same of all objects.</summary>
    protected FrameSplit Split { get; }

    /// <summary>The positions, or null where they are known.</summary>
    protected ScanCorrection? Correction { get; }

    /// <summary>Iterations done before the present one.</summary>
    public int Done { get; private set; }

    /// <summary>What of the experiments changes.</summary>
    public StackFreedom Freedom => Stack.Freedom;

    /// <summary>The estimates, complex64 [B, H, W], as a view or a new tensor of the caller's scope.</summary>
    public abstract Tensor Objects();

    /// <summary>The probes that belong to them, [B, 1, M, h, w], as a view; null where they are known.</summary>
    public virtual Tensor? Probes() => Stack.Freedom.Probes ? Stack.Scan.Probe.alias() : null;

    /// <summary>One iteration of every object.</summary>
    /// <returns>
    /// Σ_k Σ w(|Ψ_k| − a_k)² of each over the frames used, as the method measures it, and Σ|o| and Σ|P| after the step
    /// (0 for a known probe).
    /// </returns>
    public (double[] Misfits, (double Object, double Probe)[] Sizes) Iterate()
    {
        using var scope = NewDisposeScope();
        var misfits = Step();
        Done++;
        var objects = Objects().abs().flatten(1).sum(1, type: float64);
        var probes = Probes()?.abs().sum(s_perProbe, type: float64) ?? zeros_like(objects);
        var values = cat([misfits, objects, probes], 0).cpu().data<double>().ToArray();
        var count = Stack.Count;
        return (values[..count], [.. values[count..(2 * count)].Zip(values[(2 * count)..])]);
    }

    /// <summary>Keeps the estimates of some objects as good ones, in place of those kept before.</summary>
    /// <param name="chosen">Whether an object's is kept, [B].</param>
    public void Remember(bool[] chosen)
    {
        using var scope = NewDisposeScope();
        _good.Keep(chosen, Objects());
    }

    /// <summary>The same for those that predict held-out frames best, which then are the final ones.</summary>
    public void RememberBest(bool[] chosen)
    {
        using var scope = NewDisposeScope();
        _best.Keep(chosen, Objects(), Probes());
        Correction?.Keep(chosen);
    }

    /// <summary>The estimate of an object that was kept last; null before anything was.</summary>
    public IO.ComplexField? Good(int place) => _good.Object(place);

    /// <summary>The objects and probes to end with: the best ones where some were kept, else the present ones.</summary>
    public (Tensor Objects, Tensor? Probes) Final() =>
        _best.Objects is { } best ? (best.alias(), _best.Probes?.alias()) : (Objects(), Probes());

    /// <summary>The positions of an object to end with; null where they are known.</summary>
    public ScanPattern? Positions(int place) => Correction?.Final(place);

    /// <summary>Σ w(|Ψ_k| − a_k)² of every frame of every object to end with, [B][K].</summary>
    public double[][] FrameMisfits()
    {
        using var scope = NewDisposeScope();
        var (objects, probes) = Final();
        Correction?.Place(Stack.Scan, final: true);
        var misfits = Misfits(objects, probes, null).cpu().data<double>().ToArray();
        Correction?.Place(Stack.Scan);
        return [.. misfits.Chunk(Stack.Frames)];
    }

    /// <summary>The sum of that over the frames held out, [B], at the present estimates.</summary>
    public double[] HeldOutMisfits()
    {
        using var scope = NewDisposeScope();
        var frames = Numbers(Split.HeldOut);
        return Misfits(Objects(), Probes(), frames).sum(1).cpu().data<double>().ToArray();
    }

    /// <summary>Goes over all that the next iterations and the result depend on.</summary>
    public void Visit(IFlowParts parts)
    {
        if (Stack.Freedom.Probes)
            parts.Field("probe", Stack.Scan.Probe);
        Correction?.Visit(parts);
        VisitState(parts);
        if (_best.Objects is { } best)
            parts.Field("best.object", best);
        if (_best.Probes is { } probes)
            parts.Field("best.probe", probes);
    }

    /// <summary>Goes on after iterations of a run before.</summary>
    /// <param name="done">How many.</param>
    /// <param name="parts">Puts the state back that they left.</param>
    public void Resume(int done, IFlowParts parts)
    {
        var all = Enumerable.Repeat(true, Stack.Count).ToArray();
        if (Split.HeldOut.Length > 0)
            RememberBest(all);
        Visit(parts);
        Done = done;
        Stack.Scan.ProbeChanged();
        Correction?.Place(Stack.Scan);
        Restored();
        Remember(all);
    }

    /// <summary>Goes on with some of the objects only.</summary>
    public void Keep(int[] objects)
    {
        using var scope = NewDisposeScope();
        var kept = objects.Select(b => Stack.Measurements[b]).ToArray();
        var index = Numbers(objects);
        var probes = Stack.Freedom.Probes ? Stack.Scan.Probe.index_select(0, index) : null;
        Stack.Dispose();
        var (limit, windows) = (Stack.Chunks.Limit, Stack.Scan.Windows);
        Stack = new MeasurementStack(kept, _options, limit, Stack.Freedom, windows);
        if (probes is not null)
            SetProbes(probes);
        Correction?.Select(objects);
        Correction?.Place(Stack.Scan);
        Select(objects, t => t.index_select(0, index));
        _good.Select(t => t.index_select(0, index));
        _best.Select(t => t.index_select(0, index));
    }

    public virtual void Dispose()
    {
        _good.Dispose();
        _best.Dispose();
        Stack.Dispose();
    }

    /// <summary>One iteration; float64 [B] in the caller's scope.</summary>
    protected abstract Tensor Step();

    /// <summary>Goes over what the method itself keeps from one iteration to the next.</summary>
    protected abstract void VisitState(IFlowParts parts);

    /// <summary>Brings up to date what is derived from the parts of the state.</summary>
    protected virtual void Restored() { }

    /// <summary>Goes on with some objects: replaces every tensor of the state, [B, …], by what the function makes of it.</summary>
    protected abstract void Select(int[] objects, Func<Tensor, Tensor> choose);

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

    /// <summary>Indices as int64 [n], in the caller's scope.</summary>
    protected Tensor Numbers(int[] values) => tensor([.. values.Select(v => (long)v)], device: Stack.Device);

    /// <summary>Makes other probes, [B, 1, M, h, w], those of the scan; copied.</summary>
    protected void SetProbes(Tensor probes)
    {
        Stack.Scan.Probe.copy_(probes);
        Stack.Scan.ProbeChanged();
    }

    /// <summary>Adds up δ·U over modes at the frames' places.</summary>
    /// <param name="padded">Padded objects.</param>
    /// <param name="step">δ; overwritten.</param>
    /// <param name="factor">U.</param>
    /// <param name="places">The frames' places.</param>
    protected void AddStep(Tensor padded, Tensor step, Tensor factor, FramePlaces places)
    {
        using var scope = NewDisposeScope();
        var product = step.mul_(factor);
        Stack.Scan.Add(padded, product.shape[2] == 1 ? product.squeeze(2) : product.sum(2), places);
    }

    // Float64 [B, n] of some frames, or of all; in the caller's scope.
    private Tensor Misfits(Tensor objects, Tensor? probes, Tensor? numbers)
    {
        using var scope = NewDisposeScope();
        var scan = Stack.Scan;
        var present = probes is null ? null : scan.Probe.clone();
        if (probes is not null)
            SetProbes(probes);
        var padded = scan.Pad(objects);
        var places = numbers is null ? scan.Places : scan.Places.Ordered(numbers);
        var misfits = zeros([Stack.Count, places.Count], float64, Stack.Device);
        foreach (var part in Stack.Chunks.Parts(Stack.Count, places.Count))
        {
            using var inner = NewDisposeScope();
            var frames = Stack.Take(part, places, numbers);
            var farField = frames.ToDetector(scan, padded.narrow(0, part.Object, part.Objects));
            misfits
                .narrow(0, part.Object, part.Objects)
                .narrow(1, part.Frame, part.Frames)
                .copy_(frames.Misfit(farField));
        }

        if (present is not null)
            SetProbes(present);
        return misfits.MoveToOuterDisposeScope();
    }
}
