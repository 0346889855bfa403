using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor avg_pool2d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long padding = 0,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null
            ) =>
                Aten.Call(
                    "avg_pool2d",
                    input,
                    new[] { kernel_size, kernel_size },
                    new[] { stride ?? kernel_size, stride ?? kernel_size },
                    new[] { padding, padding },
                    ceil_mode,
                    count_include_pad,
                    divisor_override
                );

            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1
            ) =>
                Aten.Call(
                    "conv2d",
                    input,
                    weight,
                    bias,
                    strides ?? [1, 1],
                    padding ?? [0, 0],
                    dilation ?? [1, 1],
                    groups
                );

            public static Tensor conv_transpose2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? output_padding = null,
                long[]? dilation = null,
                long groups = 1
            ) =>
                Aten.Call(
                    "conv_transpose2d.input",
                    input,
                    weight,
                    bias,
                    strides ?? [1, 1],
                    padding ?? [0, 0],
                    output_padding ?? [0, 0],
                    groups,
                    dilation ?? [1, 1]
                );

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Aten.Call(inplace ? "dropout_" : "dropout", input, p, training);

            public static Tensor gelu(Tensor x) => Aten.Call("gelu", x);

            public static Tensor group_norm(
                Tensor input,
                long num_groups,
                Tensor? weight = null,
                Tensor? bias = null,
                double eps = 1e-05
            ) => Aten.Call("group_norm", input, num_groups, weight, bias, eps);

            public static Tensor layer_norm(
                Tensor input,
                long[] normalized_shape,
                Tensor? weight = null,
                Tensor? bias = null,
                double eps = 1e-05
            ) => Aten.Call("layer_norm", input, normalized_shape, weight, bias, eps);

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Aten.Call("linear", input, weights, bias);

            public static Tensor interpolate(
                Tensor x,
                long[]? size = null,
                double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null,
                bool recompute_scale_factor = false
            ) =>
                mode switch
                {
                    InterpolationMode.Nearest => Aten.Call("upsample_nearest2d.vec", x, size, scale_factor),
                    InterpolationMode.Bilinear => Aten.Call(
                        "upsample_bilinear2d.vec",
                        x,
                        size,
                        align_corners ?? false,
                        scale_factor
                    ),
                    InterpolationMode.Bicubic => Aten.Call(
                        "upsample_bicubic2d.vec",
                        x,
                        size,
                        align_corners ?? false,
                        scale_factor
                    ),
                    _ => throw new NotSupportedException($"Interpolation mode {mode}."),
                };

            public static Tensor pad(
                Tensor input,
                long[] pad,
                PaddingModes mode = PaddingModes.Constant,
                double value = 0
            ) =>
                mode switch
                {
                    PaddingModes.Constant or PaddingModes.Zeros => Aten.Call(
                        "constant_pad_nd",
                        input,
                        pad,
                        (Scalar)value
                    ),
                    PaddingModes.Reflect => Aten.Call("reflection_pad2d", input, pad),
                    PaddingModes.Replicate => Aten.Call("replication_pad2d", input, pad),
                    _ => throw new NotSupportedException($"Padding mode {mode}."),
                };

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) =>
                Aten.Call("pixel_shuffle", input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) =>
                Aten.Call("pixel_unshuffle", input, downscale_factor);

            public static Tensor relu(Tensor x, bool inplace = false) => Aten.Call(inplace ? "relu_" : "relu", x);

            public static Tensor sigmoid(Tensor x) => Aten.Call("sigmoid", x);

            public static Tensor silu(Tensor x, bool inplace = false) => Aten.Call(inplace ? "silu_" : "silu", x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                Aten.Call("softmax.int", input, dim, dtype);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                Aten.Call("softplus", x, (Scalar)beta, (Scalar)threshold);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.Call("mse_loss", input, target, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.Call("l1_loss", input, target, (long)reduction);

            public static Tensor huber_loss(
                Tensor input,
                Tensor target,
                double delta = 1,
                Reduction reduction = Reduction.Mean
            ) => Aten.Call("huber_loss", input, target, (long)reduction, delta);

            /// <summary>softmax(q kᵀ/√d + mask) v, composed of operators that libtorch 1.13 has too.</summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query,
                Tensor key,
                Tensor value,
                Tensor? attn_mask = null,
                double p = 0,
                bool is_casual = false
            )
            {
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Casual attention masking cannot pass a mask.", nameof(attn_mask));
                using var scope = NewDisposeScope();
                var weights = query.mul(1 / Math.Sqrt(query.shape[^1])).matmul(key.transpose(-2, -1));
                if (is_casual)
                    attn_mask = ones(query.shape[^2], key.shape[^2], ScalarType.Bool, query.device).tril();
                if (attn_mask?.dtype == ScalarType.Bool)
                    weights = weights.masked_fill(attn_mask.logical_not(), double.NegativeInfinity);
                else if (attn_mask is not null)
                    weights = weights.add(attn_mask);
                weights = weights.softmax(-1);
                if (p > 0)
                    weights = dropout(weights, p);
                return weights.matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
