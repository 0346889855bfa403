using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Trust;

/// <summary>Tests on one phantom under the blood-smear prior, which is loaded once.</summary>
public abstract class SmearPriorTests
{
    private protected static readonly ComplexField Truth = BloodSmearPhantom.Create(64, 64, 2);
    private protected static readonly AnnealedOptions Quick = AnnealedOptions.Fast with
    {
        Levels = 14,
        DataIterations = 60,
        Seed = 5,
    };

    private protected NetworkPrior Prior { get; private set; } = null!;

    [OneTimeSetUp]
    public void Load() => Prior = BloodSmear.Prior();

    [OneTimeTearDown]
    public void Free() => Prior.Dispose();

    private protected ReconstructionResult Solve(Measurement measurement, AnnealedOptions options) =>
        new AnnealedSolver(Prior, options).Solve(measurement);

    /// <summary>A measurement of the phantom with other data at the same places.</summary>
    private protected static Measurement With(
        Measurement plain,
        float[] values,
        DetectorMask? mask = null,
        double gain = 1
    )
    {
        var data = plain.Data;
        var counts = data.CountsPerUnit / gain;
        var other = new DiffractionData(values, data.FrameCount, data.Height, data.Width, data.Unit, counts, mask);
        return new Measurement(other, plain.Positions, plain.Probe, plain.ObjectHeight, plain.ObjectWidth);
    }
}
