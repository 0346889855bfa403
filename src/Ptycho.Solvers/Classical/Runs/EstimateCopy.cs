using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>A copy of a state's estimate, taken without allocating.</summary>
internal sealed class EstimateCopy
{
    private readonly IClassicalState _state;
    private readonly AlignedBuffer[] _buffers;
    private readonly double[] _positions;

    public EstimateCopy(IClassicalState state)
    {
        _state = state;
        _buffers = [.. state.Estimate.Select(part => new AlignedBuffer(part.Buffer.Length))];
        _positions = state.MovesPositions ? new double[2 * state.Plan.FrameCount] : [];
    }

    /// <summary>Iterations that the copied estimate had seen, or 0 while nothing is copied.</summary>
    public int Iteration { get; private set; }

    /// <summary>Its buffers under their names, and its positions.</summary>
    public IEnumerable<StateBuffer> Buffers =>
        _state.Estimate.Zip(_buffers, (part, copy) => part with { Buffer = copy });

    public Span<double> Positions => _positions;

    public void Take(int iteration)
    {
        for (var i = 0; i < _buffers.Length; i++)
            _state.Estimate[i].Buffer.Span.CopyTo(_buffers[i].Span);
        if (_positions.Length > 0)
            _state.Plan.SavePositions(_positions);
        Iteration = iteration;
    }

    /// <summary>Says that the buffers were filled from elsewhere.</summary>
    public void Filled(int iteration) => Iteration = iteration;

    /// <summary>Puts the copy back as the state's estimate.</summary>
    public void Restore()
    {
        for (var i = 0; i < _buffers.Length; i++)
            _buffers[i].Span.CopyTo(_state.Estimate[i].Buffer.Span);
        if (_positions.Length > 0)
            _state.Plan.LoadPositions(_positions);
        _state.Restored();
    }
}
