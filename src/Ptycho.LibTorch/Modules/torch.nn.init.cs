namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class init
        {
            public static Tensor constant_(Tensor tensor, Scalar val) => InPlace(tensor, t => t.fill_(val));

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                InPlace(tensor, t => t.normal_(mean, std, generator));

            public static Tensor uniform_(
                Tensor tensor,
                double low = 0,
                double high = 1,
                Generator? generator = null
            ) => InPlace(tensor, t => t.uniform_(low, high, generator));

            private static Tensor InPlace(Tensor tensor, Func<Tensor, Tensor> fill)
            {
                using var guard = no_grad();
                return fill(tensor);
            }
        }
    }
}
