namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba 2015), with weight decay as an ℓ2 term of the gradient.</summary>
public class Adam : AdamBase
{
    public Adam(
        IEnumerable<Parameter> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false
    )
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize) { }

    private protected override torch.Tensor Decayed(Parameter parameter, torch.Tensor grad, double lr, double decay) =>
        decay == 0 ? grad : grad.add(parameter, decay);
}

/// <summary>AdamW (Loshchilov and Hutter 2019): the weights decay apart from the gradient.</summary>
public class AdamW : AdamBase
{
    public AdamW(
        IEnumerable<Parameter> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false
    )
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize) { }

    private protected override torch.Tensor Decayed(Parameter parameter, torch.Tensor grad, double lr, double decay)
    {
        if (decay != 0)
            parameter.mul_(1 - lr * decay);
        return grad;
    }
}
