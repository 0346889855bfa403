using System.Globalization;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>Modules under chosen names, so that a network's keys come out as its published weights have them.</summary>
internal sealed class ModuleGroup : nn.Module
{
    public ModuleGroup(params (string Name, nn.Module Module)[] members)
        : base(nameof(ModuleGroup))
    {
        foreach (var (name, module) in members)
            register_module(name, module);
    }

    /// <summary>Modules under the names 0, 1, ….</summary>
    public static ModuleGroup Numbered(IEnumerable<nn.Module> members) =>
        new([.. members.Select((module, i) => (i.ToString(CultureInfo.InvariantCulture), module))]);
}
