namespace TorchSharp.Modules;

public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected Convolution(
        string name,
        long in_channels,
        long out_channels,
        long[] kernel_size,
        long[] stride,
        long[] padding,
        long[] dilation,
        long groups,
        bool bias,
        torch.Device? device,
        torch.ScalarType? dtype
    )
        : base(name)
    {
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.groups = groups;
        var fanIn = in_channels / groups * kernel_size.Aggregate(1L, (a, b) => a * b);
        weight = Initial.Uniform([out_channels, in_channels / groups, .. kernel_size], fanIn, device, dtype);
        register_parameter(nameof(weight), weight);
        if (!bias)
            return;
        this.bias = Initial.Uniform([out_channels], fanIn, device, dtype);
        register_parameter(nameof(this.bias), this.bias);
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[]? padding { get; }

    public long[] dilation { get; set; }

    public long groups { get; set; }

    public Parameter weight { get; set; }

    public Parameter? bias { get; set; }
}

public sealed class Conv2d : Convolution
{
    internal Conv2d(
        long in_channels,
        long out_channels,
        (long, long) kernel_size,
        (long, long) stride,
        (long, long) padding,
        (long, long) dilation,
        long groups,
        bool bias,
        torch.Device? device,
        torch.ScalarType? dtype
    )
        : base(
            nameof(Conv2d),
            in_channels,
            out_channels,
            [kernel_size.Item1, kernel_size.Item2],
            [stride.Item1, stride.Item2],
            [padding.Item1, padding.Item2],
            [dilation.Item1, dilation.Item2],
            groups,
            bias,
            device,
            dtype
        ) { }

    public override torch.Tensor forward(torch.Tensor input) =>
        torch.nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
}
