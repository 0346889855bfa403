using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>A measurement as the annealed sampler needs it: problem, data step and residual on one device.</summary>
internal sealed class DataModel : IDisposable
{
    internal DataModel(Measurement measurement, LikelihoodChoice likelihood, Device device, int threads)
    {
        Measurement = measurement;
        var noise = NoiseLevel.Of(measurement);
        Operator = new PtychographyOperator(measurement, device);
        Problem = new PosteriorProblem(Operator, likelihood.Create(measurement.Data, noise, device), noise)
        {
            Device = device,
        };
        var amplitudes = likelihood.Kind == LikelihoodKind.Amplitude;
        var managed = amplitudes && device.type == DeviceType.CPU;
        Meter = managed ? new ManagedResidual(measurement) : new EnergyResidual(Problem);
        Step =
            managed ? new ManagedDataStep(measurement, threads)
            : likelihood.Kind == LikelihoodKind.Poisson ? new SearchedDataStep(Problem)
            : new ProximalDataStep(Problem);
        if (!amplitudes)
            Step = new AmplitudeStarted(Step, measurement, Operator, device, threads);
    }

    internal Measurement Measurement { get; }

    internal PtychographyOperator Operator { get; }

    internal PosteriorProblem Problem { get; }

    internal IDataStep Step { get; }

    internal IResidualMeter Meter { get; }

    public void Dispose()
    {
        Step.Dispose();
        Problem.Likelihood.Dispose();
        Operator.Dispose();
    }
}
