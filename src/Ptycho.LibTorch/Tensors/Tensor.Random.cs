using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Aten.Call("bernoulli_.float", this, p, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Aten.Call("normal_", this, mean, std, generator);

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Aten.Call("random_.from", this, (long)from, (long)to, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.Call("uniform_", this, from, to, generator);
    }
}
