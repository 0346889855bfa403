using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// c², the mean square of an object's change per unit change of a channel, taken at the centre of the channels: it turns
/// the noise of a level, which lives in channels, into a variance of the object.
/// </summary>
internal static class ChannelScale
{
    private const float Step = 1e-2f;

    /// <summary>The magnitude of the object at the centre of the channels, which is a usual one.</summary>
    internal static double Magnitude(IDataTransform transform)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        return transform.ToObject(zeros([1, 2, 1, 1], float32)).abs().ToDouble();
    }

    internal static double MeanSquare(IDataTransform transform, Device device)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var points = zeros([3, 2, 1, 1], float32, device);
        points[1, 0].fill_(Step);
        points[2, 1].fill_(Step);
        var objects = transform.ToObject(points);
        var slopes = (objects.narrow(0, 1, 2) - objects.narrow(0, 0, 1)).abs() / Step;
        return slopes.square().mean().ToDouble();
    }
}
