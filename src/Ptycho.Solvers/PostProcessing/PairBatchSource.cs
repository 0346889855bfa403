using Ptycho.Diffusion.Data;
using Ptycho.Physics.Randomness;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// Batches [B, 4, S, S] of pairs: every epoch has each pair once in a new order, a part of S×S pixels at a random place, and
/// half of the parts mirrored on each axis. A batch is a function of (seed, step, part).
/// </summary>
internal sealed class PairBatchSource(PairSet pairs, int batchSize, int partSize, int partsPerStep, ulong seed)
    : IBatchSource
{
    private const ulong Stride = 0xD1B54A32D192ED03;
    private readonly Lock _lock = new();
    private (long Epoch, int[] Order) _order = (-1, []);

    /// <inheritdoc />
    public TrainingBatch Create(long step, int part)
    {
        var first = (step * partsPerStep + part) * batchSize;
        var length = PairSet.Planes * partSize * partSize;
        var values = new float[batchSize * length];
        var random = new StableRandom(seed ^ (ulong)(first + 1) * Stride);
        for (var i = 0; i < batchSize; i++)
        {
            var epoch = (first + i) / pairs.Count;
            var pair = pairs.Pair(Order(epoch)[(int)((first + i) % pairs.Count)]);
            Part(pair, random, values.AsSpan(i * length, length));
        }
        return new TrainingBatch(values, batchSize, PairSet.Planes, partSize, partSize);
    }

    private void Part(ReadOnlySpan<Half> pair, StableRandom random, Span<float> values)
    {
        var room = pairs.Size - partSize + 1;
        var (top, left) = (random.Next(room), random.Next(room));
        var (upsideDown, mirrored) = (random.NextDouble() < 0.5, random.NextDouble() < 0.5);
        for (var plane = 0; plane < PairSet.Planes; plane++)
        for (var row = 0; row < partSize; row++)
        {
            var y = top + (upsideDown ? partSize - 1 - row : row);
            var source = pair.Slice((plane * pairs.Size + y) * pairs.Size + left, partSize);
            var target = values.Slice((plane * partSize + row) * partSize, partSize);
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(source, target);
            if (mirrored)
                target.Reverse();
        }
    }

    private int[] Order(long epoch)
    {
        lock (_lock)
        {
            if (_order.Epoch != epoch)
            {
                var order = new int[pairs.Count];
                new StableRandom(seed + (ulong)epoch).Permute(order);
                _order = (epoch, order);
            }
            return _order.Order;
        }
    }
}
