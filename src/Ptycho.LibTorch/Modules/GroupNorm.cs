namespace TorchSharp.Modules;

public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal GroupNorm(
        long num_groups,
        long num_channels,
        double eps,
        bool affine,
        torch.Device? device,
        torch.ScalarType? dtype
    )
        : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        weight = null!;
        if (!affine)
            return;
        weight = Initial.Constant([num_channels], 1, device, dtype);
        bias = Initial.Constant([num_channels], 0, device, dtype);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public long num_groups { get; set; }

    public double eps { get; set; }

    public bool affine { get; set; }

    public Parameter weight { get; set; }

    public Parameter? bias { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) =>
        torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
}
