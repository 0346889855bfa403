using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>The state of rPIE: one object that every frame changes in its turn.</summary>
internal sealed class RpieSweep
{
    private readonly ScanPlan _plan;
    private readonly ProbeState _state;
    private readonly FrameEngine _engine;
    private readonly AlignedBuffer _image;
    private readonly ProbeWeighting _weighting;

    public RpieSweep(ScanPlan plan, ProbeState state, ComplexField start, ProbeRefinement? refinement)
    {
        (_plan, _state) = (plan, state);
        _engine = new FrameEngine(plan, state);
        _image = new AlignedBuffer(2 * plan.PlaneLength);
        plan.Load(start, Image);
        if (refinement is not null)
            _weighting = ProbeWeighting.Rpie(refinement.Beta, refinement.Gamma);
    }

    private Planes Image => Planes.Of(_image, _plan.PlaneLength);

    /// <summary>Visits every frame once.</summary>
    /// <returns>The sum of the frames' misfits, each just before its own update.</returns>
    public double Run(ReadOnlySpan<int> order, bool refine)
    {
        var misfit = 0.0;
        foreach (var frame in order)
        {
            if (!refine)
            {
                misfit += _engine.Step(Image, frame, Image);
                continue;
            }

            misfit += _engine.JointStep(Image, frame, Image, _state.Target, _weighting);
            _state.Refresh();
        }

        GC.KeepAlive(this);
        return misfit;
    }

    /// <summary>Σ w(|Ψ_k| − a_k)² of every frame.</summary>
    public double[] FrameMisfit()
    {
        var misfits = new double[_plan.FrameCount];
        for (var frame = 0; frame < misfits.Length; frame++)
            misfits[frame] = _engine.Misfit(Image, frame);
        GC.KeepAlive(this);
        return misfits;
    }

    public ComplexField ToField()
    {
        var field = _plan.ToField(Image);
        GC.KeepAlive(this);
        return field;
    }
}
