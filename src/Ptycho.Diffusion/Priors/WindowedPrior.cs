using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>
/// A prior of fields of any size from one that was trained on crops: overlapping windows are denoised each by itself and
/// blended by weights that add up to 1 in every pixel. Each window is turned to the gauge in which the crops were trained
/// and back, its estimate is clipped in that gauge, and the grid moves from level to level. A field shorter than a
/// window is continued by reflection. A field of exactly one window gives the other prior's clipped estimate, bit for bit.
/// </summary>
/// <remarks>
/// The idea of denoising windows of one state and averaging is MultiDiffusion's (Bar-Tal et al., arXiv:2302.08113, 2023).
/// Estimates are already clipped: the clip of <see cref="Transform"/> changes nothing.
/// </remarks>
public sealed class WindowedPrior : IPrior
{
    private const ulong ShiftPurpose = 0x57494E44;
    private readonly IPrior _prior;
    private readonly IPhaseTurn? _turn;

    /// <summary>A prior over another one, which stays the caller's.</summary>
    /// <param name="prior">The prior of windows.</param>
    /// <param name="options">The windows; defaults if not given.</param>
    /// <exception cref="ArgumentException">
    /// The overlap is not below half the window, or the gauge is to be fixed and the prior's transform cannot turn phases.
    /// </exception>
    public WindowedPrior(IPrior prior, WindowedPriorOptions? options = null)
    {
        _prior = prior ?? throw new ArgumentNullException(nameof(prior));
        Options = options ?? new WindowedPriorOptions();
        if (Options.Overlap >= Options.WindowSize / 2)
            throw new ArgumentException(
                $"Overlap ({Options.Overlap}) must be below half of WindowSize ({Options.WindowSize}).",
                nameof(options)
            );
        _turn = Options.FixGauge
            ? prior.Transform as IPhaseTurn
                ?? throw new ArgumentException(
                    $"The transform '{prior.Transform.Name}' cannot turn phases; set FixGauge to false.",
                    nameof(options)
                )
            : null;
        Transform = WindowedTransform.Of(prior.Transform);
    }

    /// <summary>The windows.</summary>
    public WindowedPriorOptions Options { get; }

    /// <inheritdoc/>
    public NoiseSchedule Schedule => _prior.Schedule;

    /// <inheritdoc/>
    public IDataTransform Transform { get; }

    /// <inheritdoc/>
    public ObjectSymmetry Symmetry => _prior.Symmetry;

    /// <summary>Windows that a field of this size is cut into: each is one evaluation of the prior.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    public int WindowCount(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return Axis(height, 0).Starts.Length * Axis(width, 0).Starts.Length;
    }

    /// <summary>
    /// Where windows begin or end within a field at a level, the only places where a seam could be: line i lies between
    /// the pixels i − 1 and i.
    /// </summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="level">The level, on which the place of the inner windows depends.</param>
    /// <returns>Lines between rows, and between columns; rising, each once.</returns>
    public (IReadOnlyList<int> Rows, IReadOnlyList<int> Columns) Borders(int height, int width, int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var (rows, columns) = Axes(height, width, level);
        return (Lines(rows, height), Lines(columns, width));
    }

    /// <inheritdoc/>
    public Tensor Denoise(Tensor x, int level)
    {
        ChannelShapes.CheckChannels(x);
        using var scope = NewDisposeScope();
        var (height, width) = (x.shape[2], x.shape[3]);
        if (height == Options.WindowSize && width == Options.WindowSize)
            return _prior.Transform.Clip(_prior.Denoise(x, level)).MoveToOuterDisposeScope();
        var padded = Reflect(Reflect(x, 2), 3);
        var (rows, columns) = Axes((int)height, (int)width, level);
        var result = zeros_like(padded);
        foreach (var chunk in Places(x.shape[0], rows, columns).Chunk(Options.Batch))
        {
            using var step = NewDisposeScope();
            var windows = cat([.. chunk.Select(place => Cut(padded, place, rows, columns))], 0);
            var denoised = DenoiseWindows(windows, level);
            for (var i = 0; i < chunk.Length; i++)
            {
                var weight = Weight(rows.Weights[chunk[i].Row], x.device).unsqueeze(1);
                weight = weight * Weight(columns.Weights[chunk[i].Column], x.device);
                Cut(result, chunk[i], rows, columns).add_(denoised.narrow(0, i, 1) * weight);
            }
        }
        return result.narrow(2, 0, height).narrow(3, 0, width).contiguous().MoveToOuterDisposeScope();
    }

    private Tensor DenoiseWindows(Tensor windows, int level)
    {
        if (_turn is null)
            return _prior.Transform.Clip(_prior.Denoise(windows, level));
        var phase = WindowGauge.Estimate(_prior.Transform, Schedule, windows, level);
        var turned = WindowGauge.Turn(_turn, Schedule, windows, -phase, level);
        return _turn.Turn(_prior.Transform.Clip(_prior.Denoise(turned, level)), phase);
    }

    private int[] Lines(WindowAxis axis, int length) =>
        [
            .. axis
                .Starts.SelectMany(start => (int[])[start, start + Options.WindowSize])
                .Where(line => line > 0 && line < length)
                .Distinct()
                .Order(),
        ];

    private (WindowAxis Rows, WindowAxis Columns) Axes(int height, int width, int level)
    {
        var random = SplitMix64.For(Options.Seed, ShiftPurpose, (ulong)level);
        return (Axis(height, Shift(ref random)), Axis(width, Shift(ref random)));
    }

    private WindowAxis Axis(int length, double shift) =>
        new(Math.Max(length, Options.WindowSize), Options.WindowSize, Options.Overlap, shift);

    private double Shift(ref SplitMix64 random) => Options.Shift ? random.NextDouble(-1, 1) : 0;

    private static IEnumerable<Place> Places(long batch, WindowAxis rows, WindowAxis columns) =>
        from image in Enumerable.Range(0, (int)batch)
        from row in Enumerable.Range(0, rows.Starts.Length)
        from column in Enumerable.Range(0, columns.Starts.Length)
        select new Place(image, row, column);

    private Tensor Cut(Tensor field, Place place, WindowAxis rows, WindowAxis columns) =>
        field
            .narrow(0, place.Image, 1)
            .narrow(2, rows.Starts[place.Row], Options.WindowSize)
            .narrow(3, columns.Starts[place.Column], Options.WindowSize);

    private static Tensor Weight(float[] values, Device device) => tensor(values, device: device);

    /// <summary>The field continued to a window's length by reflection at its border pixels.</summary>
    private Tensor Reflect(Tensor field, int dim)
    {
        var length = field.shape[dim];
        if (length >= Options.WindowSize)
            return field;
        var period = Math.Max(1, 2 * (length - 1));
        var indices = new long[Options.WindowSize];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = Math.Min(i % period, period - i % period) % length;
        return field.index_select(dim, tensor(indices, device: field.device));
    }

    private readonly record struct Place(int Image, int Row, int Column);
}
