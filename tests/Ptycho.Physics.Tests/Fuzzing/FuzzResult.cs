namespace Ptycho.Physics.Tests.Fuzzing;

/// <summary>What happened to damaged files.</summary>
internal sealed record FuzzResult
{
    public int Read { get; set; }
    public int Refused { get; set; }
    public double SlowestMilliseconds { get; set; }
    public long LargestAllocation { get; set; }
    public long PeakMemory { get; set; }
    public List<int> Crashed { get; init; } = [];
    public List<int> Stopped { get; init; } = [];

    public override string ToString() =>
        FormattableString.Invariant(
            $"{Read} read, {Refused} refused, {Crashed.Count} crashed libhdf5, {Stopped.Count} stopped, slowest {SlowestMilliseconds:f0} ms, at most {LargestAllocation} managed bytes, peak {PeakMemory >> 20} MiB"
        );

    public void Add(FuzzResult other)
    {
        Read += other.Read;
        Refused += other.Refused;
        SlowestMilliseconds = Math.Max(SlowestMilliseconds, other.SlowestMilliseconds);
        LargestAllocation = Math.Max(LargestAllocation, other.LargestAllocation);
        PeakMemory = Math.Max(PeakMemory, other.PeakMemory);
    }
}
