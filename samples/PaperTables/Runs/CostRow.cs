namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>
/// What one reconstruction costs in a process of its own, with all threads and nothing else running. The names are those
/// of results.json, in camel case.
/// </summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Overlap">Percent; probe H, raster.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="NetworkEvaluations">Forward evaluations of a network.</param>
/// <param name="OperatorEvaluations">Forward and adjoint evaluations.</param>
/// <param name="Seconds">Compute time of the second of two runs, when code and memory are warm.</param>
/// <param name="PeakMegabytes">Largest resident memory of the process, in 10⁶ bytes, with runtime and libraries.</param>
/// <param name="Fingerprint">See <see cref="Fingerprints"/>.</param>
internal sealed record CostRow(
    string Method,
    int Overlap,
    int Threads,
    long NetworkEvaluations,
    long OperatorEvaluations,
    double Seconds,
    double PeakMegabytes,
    string Fingerprint
);
