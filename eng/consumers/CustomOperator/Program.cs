// An operator of one's own in a solver of the library; argument: a prior's file.
using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

using var scope = NewDisposeScope();
var truth = BloodSmearPhantom.Create(64, 64, seed: 1);
var turns = randint(4, [6, 64, 64], generator: new Generator(2));
var coded = new CodedDiffraction(polar(ones(6, 64, 64), turns * (Math.PI / 2)).to(complex64));
Console.WriteLine($"adjoint mismatch {AdjointTest.Mismatch(coded):E1}");

float[] intensities = coded.Forward(truth.ToTensor().unsqueeze(0)).abs().square().flatten().data<float>().ToArray();
var data = new DiffractionData(intensities, 6, 64, 64, DiffractionUnit.Intensity, countsPerUnit: 1e4);
using var likelihood = new AmplitudeLikelihood(data);
using var prior = NetworkPrior.Load(args[0]);
var problem = new PosteriorProblem(coded, likelihood, data.AmplitudeNoise!.Value);
using var sample = new AnnealedSampler(prior, AnnealedOptions.Fast).Run(problem);
double error = ReconstructionMetrics.Nrmse(sample.Mean().ToField(), truth);
Console.WriteLine($"NRMSE {error:F4}");
return AdjointTest.Mismatch(coded) < 1e-5 && error < 0.05 ? 0 : 1;

/// <summary>Coded diffraction: the whole object behind masks in turn, ψ_k = F(m_k f), |m_k| = 1.</summary>
internal sealed class CodedDiffraction(Tensor masks) : IForwardOperator, INormalDiagonal
{
    public (long Height, long Width) ObjectShape => (masks.shape[1], masks.shape[2]);

    public (long Frames, long Modes, long Height, long Width) FarFieldShape =>
        (masks.shape[0], 1, masks.shape[1], masks.shape[2]);

    public Tensor NormalDiagonal { get; } = ones(masks.shape[1], masks.shape[2]) * masks.shape[0];

    public Tensor Forward(Tensor obj) => fft.fft2(obj.unsqueeze(1) * masks, norm: FFTNormType.Ortho).unsqueeze(2);

    public Tensor Adjoint(Tensor farField) =>
        (fft.ifft2(farField.squeeze(2), norm: FFTNormType.Ortho) * masks.conj_physical()).sum(1);
}
