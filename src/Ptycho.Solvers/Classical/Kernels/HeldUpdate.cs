using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>The element-wise part of a majorise–minimise step that is held to a prior.</summary>
internal static unsafe class HeldUpdate<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>
    /// On one row: x' = z + (Σ_c g_c − λe + κ·Laplacian(e))·inverse with e = z − f̂, then z = x' + β(x' − x) + γ(x' − z),
    /// x = x', and the new e beside the old one. The sums run in the order of the parts, so the bits do not depend on who computed them.
    /// </summary>
    public static void Row(
        in HeldRow row,
        ReadOnlySpan<nint> parts,
        float lambda,
        float roughness,
        (float Along, float Beyond) momentum
    )
    {
        // The four neighbours' sum and the pixel itself: κ(Σ − 4e) − λe.
        var (self, kappa) = (T.Broadcast(lambda + 4 * roughness), T.Broadcast(roughness));
        var (beta, gamma) = (T.Broadcast(momentum.Along), T.Broadcast(momentum.Beyond));
        var i = 0;
        for (; i <= row.Length - T.Count; i += T.Count)
        {
            var neighbours = T.Load(row.Above + i) + T.Load(row.Below + i);
            neighbours += T.Load(row.Here + i - 1) + T.Load(row.Here + i + 1);
            var sum = kappa * neighbours;
            sum = T.NegatedMultiplyAdd(self, T.Load(row.Here + i), sum);
            foreach (var part in parts)
                sum += T.Load((float*)part + i);
            // The step from z is what γ goes beyond.
            var step = sum * T.Load(row.Inverse + i);
            var next = T.Load(row.Z + i) + step;
            var ahead = T.MultiplyAdd(beta, next - T.Load(row.X + i), T.MultiplyAdd(gamma, step, next));
            T.Store(next, row.X + i);
            T.Store(ahead, row.Z + i);
            T.Store(ahead - T.Load(row.Prior + i), row.Next + i);
        }

        for (; i < row.Length; i++)
        {
            var neighbours = row.Above[i] + row.Below[i] + row.Here[i - 1] + row.Here[i + 1];
            var sum = roughness * neighbours - (lambda + 4 * roughness) * row.Here[i];
            foreach (var part in parts)
                sum += ((float*)part)[i];
            var step = sum * row.Inverse[i];
            var next = row.Z[i] + step;
            var ahead = next + momentum.Beyond * step + momentum.Along * (next - row.X[i]);
            (row.X[i], row.Z[i], row.Next[i]) = (next, ahead, ahead - row.Prior[i]);
        }

        // Nothing is asked across the border of the object: the pixel beyond it is its neighbour's equal.
        row.Next[-1] = row.Next[0];
        row.Next[row.Length] = row.Next[row.Length - 1];
    }
}
