namespace TorchSharp.Modules;

/// <summary>Fresh parameters, outside any dispose scope: they belong to their module.</summary>
internal static class Initial
{
    /// <summary>U(−1/√fan_in, 1/√fan_in), which is Kaiming's uniform start with a = √5.</summary>
    internal static Parameter Uniform(long[] shape, long fanIn, torch.Device? device, torch.ScalarType? dtype)
    {
        var bound = 1 / Math.Sqrt(Math.Max(1, fanIn));
        var data = torch.empty(shape, dtype, device);
        data.uniform_(-bound, bound).Dispose();
        return Kept(data);
    }

    internal static Parameter Constant(long[] shape, double value, torch.Device? device, torch.ScalarType? dtype) =>
        Kept(torch.full(shape, value, dtype, device));

    private static Parameter Kept(torch.Tensor data) => (Parameter)new Parameter(data).DetachFromDisposeScope();
}
