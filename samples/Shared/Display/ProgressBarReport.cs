using Ptycho.Solvers.Reconstruction;
using Spectre.Console;

namespace Ptycho.Samples.Shared.Display;

/// <summary>Moves a bar, and keeps the text that <see cref="StateColumn"/> shows beside it.</summary>
internal sealed class ProgressBarReport : IProgress<ReconstructionProgress>
{
    private readonly ProgressMeter _meter = new();
    private readonly ProgressTask _task;
    private readonly StateColumn _state;
    private readonly string _name;

    public ProgressBarReport(string name, ProgressTask task, StateColumn state)
    {
        (_name, _task, _state) = (name, task, state);
        _meter.Start();
    }

    public void Report(ReconstructionProgress value)
    {
        if (_task.Value == 0 && value.Iteration > 1)
            _meter.Start(value.Iteration - 1);
        _meter.Report(value.Iteration, value.Total);
        _state.Show(ProgressText.State(value, _meter));
        _task.Description = Markup.Escape(FormattableString.Invariant($"{_name} {value.Iteration}/{value.Total}"));
        _task.MaxValue = value.Total;
        _task.Value = value.Iteration;
    }
}
