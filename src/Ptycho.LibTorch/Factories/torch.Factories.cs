using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static Tensor Filled(Tensor result, bool requires_grad) => requires_grad ? result.requires_grad_() : result;

    public static Tensor empty(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("empty.memory_format", size, dtype ?? s_dtype, Arg.None, device ?? s_device), requires_grad);

    public static Tensor empty(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => empty([size], dtype, device, requires_grad);

    public static Tensor empty(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => empty([rows, columns], dtype, device, requires_grad);

    public static Tensor empty(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => empty([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor empty(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => empty([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor empty_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("empty_like", input, dtype, Arg.None, device), requires_grad);

    public static Tensor ones(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("ones", size, dtype ?? s_dtype, Arg.None, device ?? s_device), requires_grad);

    public static Tensor ones(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => ones([size], dtype, device, requires_grad);

    public static Tensor ones(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => ones([rows, columns], dtype, device, requires_grad);

    public static Tensor ones(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => ones([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor ones(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => ones([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor ones_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("ones_like", input, dtype, Arg.None, device), requires_grad);

    public static Tensor zeros(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("zeros", size, dtype ?? s_dtype, Arg.None, device ?? s_device), requires_grad);

    public static Tensor zeros(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => zeros([size], dtype, device, requires_grad);

    public static Tensor zeros(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => zeros([rows, columns], dtype, device, requires_grad);

    public static Tensor zeros(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => zeros([dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor zeros(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => zeros([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor zeros_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("zeros_like", input, dtype, Arg.None, device), requires_grad);

    public static Tensor full(
        long[] size,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) =>
        Filled(Aten.Call("full", size, value, dtype ?? DefaultFor(value), Arg.None, device ?? s_device), requires_grad);

    public static Tensor full(
        long size,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => full([size], value, dtype, device, requires_grad);

    public static Tensor full(
        long rows,
        long columns,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => full([rows, columns], value, dtype, device, requires_grad);

    public static Tensor full(
        long dim0,
        long dim1,
        long dim2,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => full([dim0, dim1, dim2], value, dtype, device, requires_grad);

    public static Tensor full(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => full([dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

    public static Tensor full_like(
        Tensor input,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) => Filled(Aten.Call("full_like", input, value, dtype, Arg.None, device), requires_grad);

    public static Tensor arange(
        Scalar stop,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start,
        Scalar stop,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start,
        Scalar stop,
        Scalar step,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    )
    {
        var whole = start.Value is long && stop.Value is long && step.Value is long;
        return Filled(
            Aten.Call(
                "arange.start_step",
                start,
                stop,
                step,
                dtype ?? (whole ? ScalarType.Int64 : s_dtype),
                Arg.None,
                device ?? s_device
            ),
            requires_grad
        );
    }

    public static Tensor eye(
        long rows,
        long columns = -1,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) =>
        Filled(
            Aten.Call("eye.m", rows, columns < 0 ? rows : columns, dtype ?? s_dtype, Arg.None, device ?? s_device),
            requires_grad
        );

    public static Tensor hann_window(
        long len,
        bool periodic = true,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) =>
        Filled(
            Aten.Call("hann_window.periodic", len, periodic, dtype ?? s_dtype, Arg.None, device ?? s_device),
            requires_grad
        );

    public static Tensor linspace(
        double start,
        double end,
        long steps,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) =>
        Filled(
            Aten.Call("linspace", (Scalar)start, (Scalar)end, steps, dtype ?? s_dtype, Arg.None, device ?? s_device),
            requires_grad
        );

    private static ScalarType DefaultFor(Scalar value) =>
        value.Value switch
        {
            bool => ScalarType.Bool,
            long => ScalarType.Int64,
            double => s_dtype,
            _ => ScalarType.ComplexFloat32,
        };
}
