namespace TorchSharp.Modules;

public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> _modules = [];

    protected internal Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
            append(name, module);
    }

    protected internal Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules)
            append(module);
    }

    public int Count => _modules.Count;

    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _modules[index];

    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
        append(_modules.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        register_module(name, (torch.nn.Module)module);
        _modules.Add(module);
        return this;
    }

    public override torch.Tensor forward(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var result = tensor;
        foreach (var module in _modules)
            result = module.call(result);
        // An empty sequence hands its input on as a tensor of its own.
        return (_modules.Count == 0 ? tensor.alias() : result).MoveToOuterDisposeScope();
    }
}
