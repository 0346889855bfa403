using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Refinement;

/// <summary>What is known of the experiment at some moment.</summary>
/// <param name="Probe">The probe; the measurement's own instance as long as it is known.</param>
/// <param name="Positions">The positions; likewise.</param>
/// <param name="Gain">g: the data are |F g P o|.</param>
internal sealed record JointState(Probe Probe, ScanPattern Positions, double Gain)
{
    /// <summary>The measurement under the state, with the gain in the probe.</summary>
    internal Measurement Of(Measurement measured) =>
        new(
            measured.Data,
            Positions,
            Gain == 1 ? Probe : Scaled(Probe, Gain),
            measured.ObjectHeight,
            measured.ObjectWidth
        );

    internal static Probe Scaled(Probe probe, double factor) =>
        Probe.FromModes(probe.Modes.Select(mode => Scaled(mode, (float)factor)));

    private static ComplexField Scaled(ComplexField field, float factor)
    {
        var result = field.Clone();
        for (var i = 0; i < result.Length; i++)
            (result.Real[i], result.Imaginary[i]) = (factor * field.Real[i], factor * field.Imaginary[i]);
        return result;
    }
}
