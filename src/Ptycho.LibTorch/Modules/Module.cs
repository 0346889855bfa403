using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A named tree of parameters, buffers and submodules.</summary>
        public partial class Module : IDisposable
        {
            private readonly string _name;
            private readonly List<(string Name, Module Child)> _children = [];
            private readonly List<(string Name, Parameter Value)> _parameters_ = [];
            private readonly List<(string Name, Tensor Value, bool Persistent)> _buffers = [];

            protected Module(string name) => _name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => _name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in _children)
                    child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var p in parameters())
                {
                    if (set_to_none)
                    {
                        p.grad = null;
                        continue;
                    }
                    using var grad = p.grad;
                    using var zeroed = grad?.zero_();
                }
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _children)
                    child.apply(fn);
                fn(this);
                return this;
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (_children.Any(c => c.Name == name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                _children.Add((name, submodule));
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (_parameters_.Any(p => p.Name == name))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                _parameters_.Add((name, param));
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (_buffers.Any(b => b.Name == name))
                    throw new InvalidOperationException($"Buffer {name} is already registered.");
                _buffers.Add((name, tensor, persistent));
            }

            public virtual IEnumerable<Module> children() => _children.Select(c => c.Child);

            public virtual IEnumerable<(string name, Module module)> named_children() => _children;

            public virtual IEnumerable<Module> modules() => [this, .. named_modules().Select(m => m.module)];

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, child) in _children)
                {
                    yield return (name, child);
                    foreach (var (inner, module) in child.named_modules())
                        yield return ($"{name}.{inner}", module);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var p in _parameters_)
                    yield return p;
                if (!recurse)
                    yield break;
                foreach (var (name, child) in _children)
                foreach (var (inner, parameter) in child.named_parameters())
                    yield return ($"{name}.{inner}", parameter);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true,
                bool include_nonpersistent = true
            )
            {
                foreach (var (name, value, persistent) in _buffers)
                    if (persistent || include_nonpersistent)
                        yield return (name, value);
                if (!recurse)
                    yield break;
                foreach (var (name, child) in _children)
                foreach (var (inner, buffer) in child.named_buffers(true, include_nonpersistent))
                    yield return ($"{name}.{inner}", buffer);
            }

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(p => p.name == target).parameter;

            public virtual Tensor? get_buffer(string target) =>
                named_buffers().FirstOrDefault(b => b.name == target).buffer;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null,
                string? prefix = null
            )
            {
                destination ??= [];
                var lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                    destination.TryAdd(lead + name, parameter);
                foreach (var (name, buffer) in named_buffers(true, include_nonpersistent: false))
                    destination.TryAdd(lead + name, buffer);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source,
                bool strict = true,
                IList<string>? skip = null
            )
            {
                var own = state_dict();
                List<string> missing = [.. own.Keys.Where(k => !source.ContainsKey(k) && skip?.Contains(k) != true)];
                List<string> unexpected = [.. source.Keys.Where(k => !own.ContainsKey(k) && skip?.Contains(k) != true)];
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException(
                        $"The loaded state_dict is not identical to the target dictionary: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]."
                    );
                using var scope = NewDisposeScope();
                using var guard = no_grad();
                foreach (var (key, value) in source)
                    if (skip?.Contains(key) != true && own.TryGetValue(key, out var target))
                        target.copy_(value);
                return (missing, unexpected);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, parameter) in _parameters_)
                    parameter.Dispose();
                foreach (var (_, buffer, _) in _buffers)
                    buffer.Dispose();
                foreach (var (_, child) in _children)
                    child.Dispose();
            }

            /// <summary>Registers the fields of a derived class under their own names.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (
                    var field in GetType()
                        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                )
                {
                    if (field.DeclaringType == typeof(Module))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor buffer:
                            register_buffer(field.Name, buffer);
                            break;
                    }
                }
            }

            protected void ClearModules() => _children.Clear();
        }
    }
}
