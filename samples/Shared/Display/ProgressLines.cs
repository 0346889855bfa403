using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Shared.Display;

/// <summary>A line now and then: the first, the last, and one every few seconds.</summary>
internal sealed class ProgressLines : IProgress<ReconstructionProgress>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private readonly ProgressMeter _meter;
    private readonly string _name;
    private readonly TextWriter _output;
    private TimeSpan _next;
    private int? _first;

    public ProgressLines(string name, TextWriter output, TimeProvider? time = null)
    {
        (_name, _output, _meter) = (name, output, new ProgressMeter(time));
        _meter.Start();
    }

    public void Report(ReconstructionProgress value)
    {
        if (_first is null)
        {
            _first = value.Iteration;
            // Work that an earlier run did is no sign of this one's pace.
            if (value.Iteration > 1)
                _meter.Start(value.Iteration - 1);
        }
        _meter.Report(value.Iteration, value.Total);
        if (value.Iteration != _first && value.Iteration < value.Total && _meter.Elapsed < _next)
            return;
        _next = _meter.Elapsed + s_pause;
        _output.WriteLine(
            FormattableString.Invariant($"{_name} {value.Iteration}/{value.Total}: {ProgressText.State(value, _meter)}")
        );
    }
}
