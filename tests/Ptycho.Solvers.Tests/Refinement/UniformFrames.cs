using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Tests.Refinement;

/// <summary>Measurements of which only the windows' places matter: every amplitude is 1, the probe is flat.</summary>
internal static class UniformFrames
{
    internal static Measurement At(ScanPattern scan, int window, int size) =>
        new(
            new DiffractionData(
                [.. Enumerable.Repeat(1f, scan.Count * window * window)],
                scan.Count,
                window,
                window,
                DiffractionUnit.Amplitude
            ),
            scan,
            Probe.FromField(ComplexField.Constant(window, window, 1)),
            size,
            size
        );
}
