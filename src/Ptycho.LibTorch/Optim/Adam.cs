namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba 2015), with weight decay as an ℓ2 term of the gradient.</summary>
public class Adam : OptimizerHelper, torch.optim.IBetas
{
    private readonly AdamRule _rule;

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
    {
        _rule = new AdamRule(false, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        AddGroup(parameters, lr);
    }

    public (double, double) Betas
    {
        get => _rule.Betas;
        set => _rule.Betas = value;
    }

    public override torch.Tensor step(Func<torch.Tensor>? closure = null)
    {
        var loss = closure?.Invoke();
        _rule.Step(Groups);
        return loss!;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _rule.Dispose();
    }
}
