// A prior of one's own in the front door and in a sampler of the library; argument: a measurement's npz file.
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers;
using Ptycho.Solvers.Annealing;
using TorchSharp;
using static TorchSharp.torch;

Measurement measurement = MeasurementFile.Read(args[0]);
var options = new PtychographyOptions { Annealed = AnnealedOptions.Fast };
var result = Ptychography.Reconstruct(measurement, new SmoothPrior(), options);
double error = ReconstructionMetrics.Nrmse(result.Object, MeasurementFile.ReadTruth(args[0])!);
Console.WriteLine($"{result.Solver}: NRMSE {error:F3}. {result.Reason}");

using var scope = NewDisposeScope();
var drawn = PriorSampler.Ddim(new SmoothPrior(), steps: 50).Sample(2, 64, 64, seed: 1);
double deviation = drawn.square().mean().sqrt().ToDouble();
Console.WriteLine($"samples [{string.Join(", ", drawn.shape)}], rms {deviation:F2}");
return result.Solver == "Annealed" && error < 0.15 && deviation is > 0.1 and < 1 ? 0 : 1;

/// <summary>Channels are Gaussian with the spectrum S(k) ∝ 1/(1 + (k/k₀)²)²: the exact denoiser is Wiener's filter.</summary>
internal sealed class SmoothPrior : IPrior
{
    public NoiseSchedule Schedule { get; } = NoiseSchedule.Linear();

    public IDataTransform Transform { get; } = new MagnitudePhaseTransform();

    public Tensor Denoise(Tensor x, int level)
    {
        using var scope = NewDisposeScope();
        var rows = fft.fftfreq(x.shape[2]).square().unsqueeze(1);
        var columns = fft.fftfreq(x.shape[3]).square().unsqueeze(0);
        var spectrum = 30 / (1 + (rows + columns) / (0.04 * 0.04)).square();
        double kept = Schedule.AlphaBar(level);
        var gain = Math.Sqrt(kept) * spectrum / (kept * spectrum + (1 - kept));
        return fft.ifft2(fft.fft2(x) * gain).real.MoveToOuterDisposeScope();
    }
}
