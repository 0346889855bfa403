using Ptycho.Diffusion.Priors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>
/// Asks a prior for x̂₀ of an image of the state, and takes the image back. A network has learnt its prior's symmetry only
/// about; when each level and each chain asks for another image, what it gets wrong for one of them does not build up (as
/// in Terris et al., Equivariant plug-and-play image reconstruction, CVPR 2024) and differs between the chains that are averaged.
/// </summary>
internal static class TurnedDenoiser
{
    private const int MirrorColumns = 1;
    private const int MirrorRows = 2;
    private const int Transpose = 4;

    /// <summary>x̂₀ of all chains, float32 [C, 2, H, W], in the caller's dispose scope; not clipped.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="x">The states of all chains at this level; left alone.</param>
    /// <param name="level">Their level.</param>
    /// <param name="visit">How many levels were visited before.</param>
    internal static Tensor Denoise(IPrior prior, Tensor x, int level, int visit)
    {
        var images = Images(prior.Symmetry, x.shape[^2] == x.shape[^1]);
        if (images == 1)
            return prior.Denoise(x, level);
        using var scope = NewDisposeScope();
        var chains = (int)x.shape[0];
        var stride = Math.Max(1, images / chains);
        var denoised = prior.Denoise(stack(Enumerable.Range(0, chains).Select(c => Turn(x[c], Image(c)))), level);
        return stack(Enumerable.Range(0, chains).Select(c => TurnBack(denoised[c], Image(c))))
            .MoveToOuterDisposeScope();

        int Image(int chain) => (visit + stride * chain) % images;
    }

    private static int Images(ObjectSymmetry symmetry, bool square) =>
        symmetry switch
        {
            ObjectSymmetry.None => 1,
            ObjectSymmetry.Square when square => 8,
            _ => 4,
        };

    private static Tensor Turn(Tensor x, int image)
    {
        var turned = Mirror(x, image);
        return (image & Transpose) == 0 ? turned : turned.transpose(-1, -2);
    }

    private static Tensor TurnBack(Tensor x, int image) =>
        Mirror((image & Transpose) == 0 ? x : x.transpose(-1, -2), image);

    private static Tensor Mirror(Tensor x, int image)
    {
        if ((image & MirrorColumns) != 0)
            x = x.flip(-1);
        return (image & MirrorRows) == 0 ? x : x.flip(-2);
    }
}
