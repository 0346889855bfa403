using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Batches;

/// <summary>
/// The prior as one object of a group sees it: it hands its states in and waits until those of all others are there and
/// the whole group is denoised at once. While it waits, another object may compute in its place.
/// </summary>
internal sealed class SharedPrior(IPrior prior, BatchGroup group, int index) : IPrior
{
    public NoiseSchedule Schedule => prior.Schedule;

    public IDataTransform Transform => prior.Transform;

    public ObjectSymmetry Symmetry => prior.Symmetry;

    // The tensor was made on another thread; its alias belongs to this thread's scope.
    public Tensor Denoise(Tensor x, int level) => group.Denoise(new StateRequest(index, x, level)).alias();
}
