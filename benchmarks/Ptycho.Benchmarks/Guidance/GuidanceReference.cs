using Ptycho.Benchmarks.Networks;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Guidance;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks.Guidance;

/// <summary>The experiment, the network's weights and one guided step without noise, for another program to repeat.</summary>
internal static class GuidanceReference
{
    /// <summary>Writes the weights under their keys, the measurement, and the state before and after the step.</summary>
    public static void Write(string path)
    {
        using var scope = NewDisposeScope();
        using var experiment = new GuidanceExperiment();
        var prior = new RecordingPrior(experiment.Prior);
        var options = new DpsOptions
        {
            Steps = 2,
            TravelLength = 0,
            Noise = 0,
            WarmStartSigma = 0.8,
        };
        new DpsSampler(prior, options).Run(experiment.Problem, experiment.Truth.ToTensor().unsqueeze(0));

        var arrays = NetworkReference.Weights(experiment.Prior.Network);
        var measurement = experiment.Measurement;
        var data = measurement.Data;
        using var probe = experiment.Measurement.Probe.Modes[0].ToTensor();
        arrays["ref.probe"] = NetworkReference.Copy(probe.view_as_real());
        arrays["ref.amplitudes"] = NumericArray.Create<float>(
            data.ToAmplitudes(),
            data.FrameCount,
            data.Height,
            data.Width
        );
        arrays["ref.positions"] = NumericArray.Create<float>(
            measurement.Positions.SelectMany(p => new[] { (float)p.Row, (float)p.Column }).ToArray(),
            data.FrameCount,
            2
        );
        arrays["ref.levels"] = NumericArray.Create<float>([.. prior.Calls.Select(call => (float)call.Level)], 2);
        arrays["ref.state"] = prior.Calls[0].State;
        arrays["ref.next"] = prior.Calls[1].State;
        SafetensorsFile.Write(
            path,
            new SafetensorsContent(arrays, new Dictionary<string, string>(StringComparer.Ordinal))
        );
    }

    /// <summary>Remembers the states that it is asked about.</summary>
    private sealed class RecordingPrior(IPrior prior) : IDifferentiablePrior
    {
        public List<(NumericArray State, int Level)> Calls { get; } = [];

        public NoiseSchedule Schedule => prior.Schedule;

        public IDataTransform Transform => prior.Transform;

        public Tensor Denoise(Tensor x, int level)
        {
            using (var copy = x.detach().clone())
                Calls.Add((NetworkReference.Copy(copy), level));
            return prior.Denoise(x, level);
        }
    }
}
