using System.Diagnostics;
using System.Numerics;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// Recovers a high-resolution object and the pupil from a Fourier ptychography measurement: the images' amplitudes replace
/// those of the model one image after the other, and the change goes back into spectrum and pupil by the ePIE step
/// (Maiden and Rodenburg 2009; with the pupil, Ou, Zheng and Yang 2014). First the object alone, then both.
/// </summary>
/// <param name="options">Null for the defaults.</param>
public sealed class FourierPtychographySolver(FourierPtychographyOptions? options = null)
{
    private readonly FourierPtychographyOptions _options = options ?? new FourierPtychographyOptions();

    /// <summary>
    /// A safetensors file in which the recovery writes down where it stands after each good sweep, replaced as a whole; null for
    /// none. If the file is there, the recovery goes on from it, to the same bits; a finished recovery's file gives its result at
    /// once. The caller deletes it.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>Recovers an object of Upsampling·Height × Upsampling·Width pixels. The same data give the same bits.</summary>
    /// <param name="data">The measurement; not changed.</param>
    /// <param name="progress">Told after every sweep.</param>
    /// <param name="cancellationToken">Looked at before every image.</param>
    /// <exception cref="ArgumentException">An image's spectrum window leaves the object's spectrum; it is named.</exception>
    /// <exception cref="FourierPtychographyDivergedException">
    /// The estimate became infinite or NaN, or diverged; the sweep is named and the last good result kept.
    /// </exception>
    /// <exception cref="ArithmeticException">The recovered object is zero.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of other data or options.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FourierPtychographyResult Solve(
        FourierPtychographyData data,
        IProgress<FourierPtychographyProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        var watch = Stopwatch.StartNew();
        var geometry = new SpectrumGeometry(
            data.Optics,
            data.Directions,
            data.Height,
            data.Width,
            checked(data.Height * _options.Upsampling),
            checked(data.Width * _options.Upsampling)
        );
        var engine = new FourierPtychographyEngine(data, geometry, _options);
        var sweeps = _options.ObjectSweeps + _options.JointSweeps;
        var guard = new RecoveryWatch(engine, sweeps);
        var errors = new double[sweeps];
        var file = Checkpoint is { } path ? new RecoveryFile(path, data, _options) : null;
        var (done, before) = file?.Restore(engine.State) ?? ([], TimeSpan.Zero);
        done.CopyTo(errors, 0);
        if (done.Length > 0)
            guard.Resume(done);
        for (var sweep = done.Length; sweep < sweeps; sweep++)
        {
            var joint = sweep - _options.ObjectSweeps + 1;
            var fitGains = joint >= (_options.GainsFromJointSweep ?? int.MaxValue);
            errors[sweep] = engine.Sweep(joint >= 1 && _options.RecoverPupil, fitGains, cancellationToken);
            if (guard.Check(errors.AsSpan(0, sweep + 1), before + watch.Elapsed))
                file?.Write(engine.State, errors.AsSpan(0, sweep + 1), before + watch.Elapsed);
            watch.Stop();
            progress?.Report(new FourierPtychographyProgress(sweep + 1, sweeps, errors[sweep]));
            watch.Start();
        }
        var result = engine.Result(errors, before + watch.Elapsed);
        if (result.Scale == Complex.Zero)
            throw new ArithmeticException(
                "The recovered object is zero; no image holds light that passed the aperture."
            );
        return result;
    }
}
