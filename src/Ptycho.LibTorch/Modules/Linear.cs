namespace TorchSharp.Modules;

public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = Initial.Uniform([outputSize, inputSize], inputSize, device, dtype);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = Initial.Uniform([outputSize], inputSize, device, dtype);
        register_parameter(nameof(bias), bias);
    }

    public long in_features { get; set; }

    public long out_features { get; set; }

    public Parameter weight { get; set; }

    public Parameter? bias { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
}
