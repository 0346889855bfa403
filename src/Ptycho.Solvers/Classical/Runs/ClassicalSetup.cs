using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>What every classical solver prepares: which frames are used, the plan, the start and the light.</summary>
internal sealed class ClassicalSetup
{
    // A constant one is not worth the memory of a field.
    private readonly ComplexField? _given;
    private readonly double _constant;

    /// <param name="measurement">The measurement.</param>
    /// <param name="solve">What the options say.</param>
    /// <exception cref="ArgumentException">Measurement and options do not fit together.</exception>
    public ClassicalSetup(Measurement measurement, ClassicalSolve solve)
    {
        var (rules, refine) = (solve.Stop, solve.Refinement is not null);
        Split = FrameSplit.Choose(measurement, rules.HeldOut?.Share ?? 0, rules.HeldOut?.Seed ?? 0);
        Plan = new ScanPlan(measurement, solve.Correction?.LargestShift ?? 0, Split.Used);
        if (Split.HeldOut.Length > 0 && Plan.Energy(Split.HeldOut) == 0)
            throw new ArgumentException("The frames drawn to be held out are dark; take another seed.", nameof(solve));
        var illumination = StartObjects.Illumination(measurement, Split.Used);
        var largest = TensorPrimitives.Max<float>(illumination);
        _given = solve.Given;
        var energy = Plan.AmplitudeEnergy;
        (_constant, ProbeScale) = StartObjects.Choose(
            measurement,
            energy,
            solve.Start,
            solve.Given,
            illumination,
            refine
        );
        LargestStep = 1 / (ProbeScale * ProbeScale * largest);
    }

    public FrameSplit Split { get; }

    public ScanPlan Plan { get; }

    /// <summary>The root of the mean |o|² of the object to start from.</summary>
    public double StartSize =>
        _given is null
            ? Math.Abs(_constant)
            : Math.Sqrt(
                (LbfgsMemory.Dot(_given.Real, _given.Real) + LbfgsMemory.Dot(_given.Imaginary, _given.Imaginary))
                    / _given.Length
            );

    /// <summary>The factor on a probe that is refined; 1 on a known one.</summary>
    public double ProbeScale { get; }

    /// <summary>1/max_r Σ_k|P_k(r)|² over the frames used.</summary>
    public double LargestStep { get; }

    /// <summary>Writes the object to start from into its place in a plane that is 0 beyond it.</summary>
    public void LoadStart(Planes plane)
    {
        if (_given is null)
            Plan.Fill((float)_constant, plane);
        else
            Plan.Load(_given, plane);
    }
}
