using System.Numerics.Tensors;
using MathNet.Numerics.Distributions;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Randomness;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Simulation;

/// <summary>Makes measurements from an object, without noise or with the statistics of counted photons.</summary>
public static class DiffractionSimulator
{
    /// <summary>
    /// The noiseless intensities Σ_m |F[P_m·o(r + r_k)]|², [frame, row, column], the zero frequency at [0, 0].
    /// </summary>
    /// <param name="image">The object; outside its frame it is 0.</param>
    /// <param name="probe">The illumination.</param>
    /// <param name="scan">Positions of the windows.</param>
    /// <exception cref="ArgumentException">A window lies outside the object, or the object is not finite.</exception>
    public static float[] Intensities(ComplexField image, Probe probe, ScanPattern scan)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(scan);
        FiniteCheck.Require(image, nameof(image));
        var model = new FrameOperator(probe, scan, image.Height, image.Width);
        var size = probe.Height * probe.Width;
        var intensities = new float[checked(scan.Count * size)];
        var re = new float[model.FarFieldLength];
        var im = new float[model.FarFieldLength];
        for (var k = 0; k < scan.Count; k++)
        {
            model.Forward(image, k, re, im);
            var frame = intensities.AsSpan(k * size, size);
            for (var m = 0; m < probe.ModeCount; m++)
            {
                var x = re.AsSpan(m * size, size);
                var y = im.AsSpan(m * size, size);
                TensorPrimitives.MultiplyAdd(x, x, frame, frame);
                TensorPrimitives.MultiplyAdd(y, y, frame, frame);
            }
        }

        return intensities;
    }

    /// <summary>
    /// Simulates a measurement. With <paramref name="peakCounts"/> N the counts of a pixel are Poisson(I·N/max I), the
    /// maximum over the whole scan, and the data are the intensities counts·max I/N with N/max I counts per unit.
    /// </summary>
    /// <param name="image">The object; outside its frame it is 0.</param>
    /// <param name="probe">The illumination.</param>
    /// <param name="scan">Positions of the windows.</param>
    /// <param name="peakCounts">Expected counts of the brightest pixel, above 0, or null for no noise.</param>
    /// <param name="seed">Seed of the noise; the same seed gives the same bits.</param>
    /// <exception cref="ArgumentException">A window lies outside the object, the object is not finite, or it is dark.</exception>
    public static Measurement Simulate(
        ComplexField image,
        Probe probe,
        ScanPattern scan,
        double? peakCounts,
        ulong seed
    )
    {
        if (peakCounts is { } peak && !(peak > 0 && double.IsFinite(peak)))
            throw new ArgumentOutOfRangeException(nameof(peakCounts), peak, "Peak counts must be above 0.");
        var intensities = Intensities(image, probe, scan);
        double? countsPerUnit = null;
        if (peakCounts is { } counts)
        {
            var largest = (double)TensorPrimitives.Max<float>(intensities);
            if (largest == 0)
                throw new ArgumentException("The object is 0 wherever the probe sees it.", nameof(image));
            countsPerUnit = counts / largest;
            AddPoissonNoise(intensities, countsPerUnit.Value, seed);
        }

        var unit = DiffractionUnit.Intensity;
        var data = new DiffractionData(intensities, scan.Count, probe.Height, probe.Width, unit, countsPerUnit);
        return new Measurement(data, scan, probe, image.Height, image.Width);
    }

    /// <summary>Simulates a measurement with a detector of more than counting statistics.</summary>
    /// <param name="image">The object; outside its frame it is 0.</param>
    /// <param name="probe">The illumination.</param>
    /// <param name="scan">Positions of the windows.</param>
    /// <param name="noise">The detector, with exactly one of its two budgets.</param>
    /// <param name="seed">Seed of the noise; the same seed gives the same bits.</param>
    /// <exception cref="ArgumentException">A window lies outside the object, the object is not finite or dark, or not
    /// exactly one budget is given.</exception>
    public static Measurement SimulateDetector(
        ComplexField image,
        Probe probe,
        ScanPattern scan,
        DetectorNoise noise,
        ulong seed
    )
    {
        ArgumentNullException.ThrowIfNull(noise);
        if (noise.PeakCounts is null == noise.CountsPerFrame is null)
            throw new ArgumentException("Give either the peak counts or the counts per frame.", nameof(noise));
        var intensities = Intensities(image, probe, scan);
        var (largest, total) = (0.0, 0.0);
        foreach (var value in intensities)
        {
            largest = Math.Max(largest, value);
            total += value;
        }

        if (total == 0)
            throw new ArgumentException("The object is 0 wherever the probe sees it.", nameof(image));
        var gain = noise.PeakCounts / largest ?? noise.CountsPerFrame!.Value * scan.Count / total;
        var random = new StableRandom(seed);
        foreach (ref var value in intensities.AsSpan())
        {
            var mean = value * gain + noise.DarkCounts;
            double counts = mean > 0 ? Poisson.Sample(random, mean) : 0;
            if (noise.ReadNoise > 0)
                counts += Normal.Sample(random, 0, noise.ReadNoise);
            counts = Math.Min(counts, noise.Saturation ?? double.PositiveInfinity);
            value = (float)(Math.Max(0, counts - noise.DarkCounts) / gain);
        }

        var unit = DiffractionUnit.Intensity;
        var data = new DiffractionData(intensities, scan.Count, probe.Height, probe.Width, unit, gain);
        return new Measurement(data, scan, probe, image.Height, image.Width);
    }

    /// <summary>Replaces intensities by what a photon-counting detector would see: Poisson(I·c)/c.</summary>
    /// <param name="intensities">Expected intensities, not negative; overwritten.</param>
    /// <param name="countsPerUnit">Counts c per unit of intensity, above 0.</param>
    /// <param name="seed">Seed; the same seed gives the same bits.</param>
    public static void AddPoissonNoise(Span<float> intensities, double countsPerUnit, ulong seed)
    {
        if (!(countsPerUnit > 0 && double.IsFinite(countsPerUnit)))
            throw new ArgumentOutOfRangeException(nameof(countsPerUnit), countsPerUnit, "Must be above 0.");
        var random = new StableRandom(seed);
        foreach (ref var value in intensities)
        {
            var mean = value * countsPerUnit;
            value = mean > 0 ? (float)(Poisson.Sample(random, mean) / countsPerUnit) : 0;
        }
    }
}
