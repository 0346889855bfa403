using System.Collections.Immutable;
using Ptycho.Diffusion.Evaluation;
using Ptycho.Diffusion.Transforms;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>The statistics of a set of objects.</summary>
internal sealed class ObjectSet
{
    private const int Bins = 100;
    private readonly ValueHistogram magnitude;
    private readonly ValueHistogram phase;
    private readonly ImmutableArray<double> spectrum;
    private readonly int size;

    public ObjectSet(Tensor channels, MagnitudePhaseTransform transform)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var objects = transform.ToObject(channels);
        magnitude = ValueHistogram.Of(Values(objects.abs()), 0, 2, Bins);
        phase = ValueHistogram.Of(Values(transform.Phase(channels)), -2.5, 2.5, Bins);
        spectrum = RadialSpectrum.Of(objects);
        size = (int)channels.shape[3];
    }

    public Comparison To(ObjectSet other) =>
        new(
            magnitude.EarthMover(other.magnitude),
            magnitude.TotalVariation(other.magnitude),
            phase.EarthMover(other.phase),
            phase.TotalVariation(other.phase),
            [.. Bands(other)],
            spectrum.Zip(other.spectrum, (a, b) => Math.Abs(10 * Math.Log10(a / b))).Average()
        );

    /// <summary>Octaves up to half a cycle per pixel; ring k has k/size.</summary>
    private IEnumerable<BandRatio> Bands(ObjectSet other)
    {
        for (var first = 1; first < spectrum.Length; first *= 2)
        {
            var last = Math.Min(2 * first, spectrum.Length + 1) - 1;
            if (2 * first == spectrum.Length)
                last = spectrum.Length;
            yield return new BandRatio(
                (first - 0.5) / size,
                (last + 0.5) / size,
                Power(first, last) / other.Power(first, last)
            );
        }
    }

    private double Power(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Sum(ring => ring * spectrum[ring - 1]);

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
