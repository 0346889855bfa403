using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// The channels of a warm start. A transform takes phases in (−π, π]; the phase of a large field may leave that range, and
/// would jump. So it is unwrapped: first that of the field's mean over 9×9 pixels, where noise makes no vortices, then each
/// pixel's is put on the branch nearest to it. Where the smooth phase does not wrap, nothing is changed.
/// </summary>
internal static class StartChannels
{
    private const int Radius = 4;

    /// <param name="transform">The prior's transform.</param>
    /// <param name="objects">complex64 [B, H, W], in the prior's gauge.</param>
    /// <returns>float32 [B, 2, H, W], in the caller's scope.</returns>
    internal static Tensor Of(IDataTransform transform, Tensor objects)
    {
        using var scope = NewDisposeScope();
        if (transform is not IPhaseBranch branch)
            return transform.ToChannels(objects).MoveToOuterDisposeScope();
        var reference = objects.angle();
        for (var b = 0L; b < objects.shape[0]; b++)
        {
            var smooth = Smooth(objects[b].cpu().ToField());
            var phase = PhaseUnwrapper.Unwrap(smooth);
            if (Unchanged(smooth, phase))
                continue;
            var turned = tensor(phase, [smooth.Height, smooth.Width], device: objects.device);
            reference[b].copy_(turned);
        }
        return branch.ToChannels(objects, reference).MoveToOuterDisposeScope();
    }

    private static bool Unchanged(ComplexField field, float[] phase)
    {
        for (var i = 0; i < phase.Length; i++)
            if (MathF.Abs(phase[i] - MathF.Atan2(field.Imaginary[i], field.Real[i])) > 1)
                return false;
        return true;
    }

    private static ComplexField Smooth(ComplexField field) =>
        new(
            field.Height,
            field.Width,
            Sums(Sums(field.Real, field.Height, field.Width), field.Width, field.Height),
            Sums(Sums(field.Imaginary, field.Height, field.Width), field.Width, field.Height)
        );

    /// <summary>Sums over the rows around each row within the field, transposed.</summary>
    private static float[] Sums(float[] values, int height, int width)
    {
        var result = new float[values.Length];
        for (var x = 0; x < width; x++)
        for (var y = 0; y < height; y++)
        {
            var sum = 0f;
            for (var at = Math.Max(0, y - Radius); at <= Math.Min(height - 1, y + Radius); at++)
                sum += values[at * width + x];
            result[x * height + y] = sum;
        }
        return result;
    }
}
