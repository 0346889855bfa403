namespace TorchSharp.Modules;

/// <summary>What optimisers share that hold their parameters in groups.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    public OptimizerHelper()
        : base(0) { }

    public override IEnumerable<Parameter> parameters() => Groups.SelectMany(g => g.Parameters);

    public override void zero_grad()
    {
        foreach (var p in parameters())
            p.grad = null;
    }
}
