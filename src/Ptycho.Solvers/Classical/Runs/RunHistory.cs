using System.Diagnostics;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>The residuals of a run, over the frames used and over those held out, and its clock; appending allocates nothing.</summary>
internal sealed class RunHistory(StopRules rules)
{
    private readonly double[] _residuals = new double[rules.Iterations];
    private readonly double[] _heldOut = new double[rules.HeldOut is null ? 0 : rules.Iterations];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _before;

    public int Count { get; private set; }

    public ReadOnlySpan<double> Residuals => _residuals.AsSpan(0, Count);

    public ReadOnlySpan<double> HeldOut => _heldOut.AsSpan(0, Math.Min(Count, _heldOut.Length));

    /// <summary>Compute time, without callbacks, of this run and of those that it goes on from.</summary>
    public TimeSpan Elapsed => _before + _clock.Elapsed;

    public void Append(double residual, double heldOut)
    {
        _residuals[Count] = residual;
        if (_heldOut.Length > 0)
            _heldOut[Count] = heldOut;
        Count++;
    }

    public void Resume(ReadOnlySpan<double> residuals, ReadOnlySpan<double> heldOut, TimeSpan elapsed)
    {
        residuals.CopyTo(_residuals);
        heldOut.CopyTo(_heldOut);
        (Count, _before) = (residuals.Length, elapsed);
    }

    public StopReason? Judge() => Count == 0 ? null : rules.Judge(Residuals, HeldOut);

    public void Report(IProgress<ReconstructionProgress>? progress)
    {
        if (progress is null)
            return;
        _clock.Stop();
        progress.Report(new ReconstructionProgress(Count, rules.Iterations, _residuals[Count - 1]));
        _clock.Start();
    }
}
