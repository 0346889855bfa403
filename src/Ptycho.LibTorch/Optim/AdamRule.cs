namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW share: both moments of every parameter, their bias corrections, and the step.</summary>
internal sealed class AdamRule : IDisposable
{
    private readonly Dictionary<Parameter, Moments> _moments = new(ReferenceEqualityComparer.Instance);
    private readonly bool _decoupled;
    private readonly double _eps;
    private readonly double _decay;
    private readonly bool _amsgrad;
    private readonly bool _maximize;

    internal AdamRule(
        bool decoupled,
        double lr,
        double beta1,
        double beta2,
        double eps,
        double weight_decay,
        bool amsgrad,
        bool maximize
    )
    {
        if (lr < 0)
            throw new ArgumentException($"Invalid learning rate: {lr}", nameof(lr));
        if (beta1 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta1 value: {beta1}", nameof(beta1));
        if (beta2 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta2 value: {beta2}", nameof(beta2));
        _decoupled = decoupled;
        Betas = (beta1, beta2);
        _eps = eps;
        _decay = weight_decay;
        _amsgrad = amsgrad;
        _maximize = maximize;
    }

    internal (double, double) Betas { get; set; }

    internal void Step(IEnumerable<ParamGroup> groups)
    {
        using var guard = torch.no_grad();
        foreach (var group in groups)
        foreach (var parameter in group.Parameters)
            Update(parameter, group.LearningRate);
    }

    public void Dispose()
    {
        foreach (var moments in _moments.Values)
            moments.Dispose();
        _moments.Clear();
    }

    private void Update(Parameter parameter, double lr)
    {
        using var scope = torch.NewDisposeScope();
        var grad = parameter.grad;
        if (grad is null)
            return;
        if (!_moments.TryGetValue(parameter, out var m))
            _moments.Add(parameter, m = new Moments(parameter, _amsgrad));
        m.Step++;
        var (beta1, beta2) = Betas;
        grad = Decayed(parameter, _maximize ? grad.neg() : grad, lr);
        m.First.mul_(beta1).add_(grad, 1 - beta1);
        m.Second.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
        var second = m.Second;
        if (m.Largest is { } largest)
            second = largest.copy_(largest.maximum(second));
        var denominator = second.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, m.Step))).add_(_eps);
        parameter.addcdiv_(m.First, denominator, -lr / (1 - Math.Pow(beta1, m.Step)));
    }

    // AdamW shrinks the weights themselves; Adam adds the decay to the gradient.
    private torch.Tensor Decayed(Parameter parameter, torch.Tensor grad, double lr)
    {
        if (_decay == 0)
            return grad;
        if (!_decoupled)
            return grad.add(parameter, _decay);
        parameter.mul_(1 - lr * _decay);
        return grad;
    }

    private sealed class Moments : IDisposable
    {
        internal Moments(Parameter parameter, bool amsgrad)
        {
            First = torch.zeros_like(parameter).DetachFromDisposeScope();
            Second = torch.zeros_like(parameter).DetachFromDisposeScope();
            Largest = amsgrad ? torch.zeros_like(parameter).DetachFromDisposeScope() : null;
        }

        internal long Step { get; set; }

        internal torch.Tensor First { get; }

        internal torch.Tensor Second { get; }

        internal torch.Tensor? Largest { get; }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            Largest?.Dispose();
        }
    }
}
