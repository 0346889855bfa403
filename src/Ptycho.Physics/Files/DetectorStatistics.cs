using System.Runtime.InteropServices;
using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>Light and useless pixels of a stack of frames; masked pixels and frames do not count.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DetectorStatistics(double MeanFrameIntensity, float Largest, int Dead, int Saturated)
{
    public static DetectorStatistics Measure(DiffractionData data)
    {
        var size = data.Height * data.Width;
        var largest = new float[size];
        double total = 0;
        var frames = 0;
        for (var k = 0; k < data.FrameCount; k++)
        {
            if (data.Mask?.FrameWeight(k) == 0)
                continue;
            frames++;
            for (var i = 0; i < size; i++)
            {
                if (data.Mask?.PixelWeights[i] == 0)
                    continue;
                var value = data.Values[k * size + i];
                largest[i] = Math.Max(largest[i], value);
                total += data.Unit == DiffractionUnit.Amplitude ? (double)value * value : value;
            }
        }
        var peak = largest.Max();
        var dead = 0;
        for (var i = 0; i < size; i++)
            if (largest[i] == 0 && data.Mask?.PixelWeights[i] != 0)
                dead++;
        var saturated = BadValues.IsFull(peak) ? largest.Count(value => value == peak) : 0;
        return new DetectorStatistics(total / frames, peak, dead, saturated);
    }
}
