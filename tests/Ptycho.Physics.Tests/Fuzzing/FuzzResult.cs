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
    public List<int> Hung { get; init; } = [];

    public void Add(FuzzResult other)
    {
        Read += other.Read;
        Refused += other.Refused;
        SlowestMilliseconds = Math.Max(SlowestMilliseconds, other.SlowestMilliseconds);
        LargestAllocation = Math.Max(LargestAllocation, other.LargestAllocation);
        PeakMemory = Math.Max(PeakMemory, other.PeakMemory);
    }
}
