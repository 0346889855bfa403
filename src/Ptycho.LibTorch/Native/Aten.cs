using System.Collections.Concurrent;
using System.Text;

namespace TorchSharp.Native;

/// <summary>Calls aten operators by name ("add.Tensor" is operator add, overload Tensor) through libtorch's dispatcher.</summary>
internal static unsafe class Aten
{
    private const int MaxResults = 8;
    private static readonly ConcurrentDictionary<string, IntPtr> Operators = new(StringComparer.Ordinal);

    /// <summary>Calls an operator that returns one tensor, which the caller (or its dispose scope) owns.</summary>
    internal static torch.Tensor Call(string op, params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(op, args, results);
        return new torch.Tensor(results[0].Pointer);
    }

    internal static (torch.Tensor, torch.Tensor) CallPair(string op, params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(op, args, results);
        return (new torch.Tensor(results[0].Pointer), new torch.Tensor(results[1].Pointer));
    }

    internal static torch.Tensor[] CallList(string op, params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(op, args, results);
        var handles = new Span<IntPtr>((void*)results[0].Pointer, results[0].Length);
        var tensors = new torch.Tensor[handles.Length];
        for (var i = 0; i < handles.Length; i++)
            tensors[i] = new torch.Tensor(handles[i]);
        NativeMethods.ptycho_free_list(results[0].Pointer);
        return tensors;
    }

    internal static bool CallBool(string op, params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke(op, args, results);
        return results[0].Int != 0;
    }

    /// <summary>The result of aten::item: a bool, long, double or Complex.</summary>
    internal static object CallItem(torch.Tensor tensor)
    {
        var results = stackalloc NativeValue[MaxResults];
        Invoke("item", [tensor], results);
        return results[0].Tag switch
        {
            NativeTag.Bool => results[0].Int != 0,
            NativeTag.Int => results[0].Int,
            NativeTag.Double => results[0].Double,
            _ => new System.Numerics.Complex(results[0].Double, results[0].Second),
        };
    }

    private static IntPtr Find(string op)
    {
        if (Operators.TryGetValue(op, out var handle))
            return handle;
        var dot = op.IndexOf('.', StringComparison.Ordinal);
        var name = "aten::" + (dot < 0 ? op : op[..dot]);
        handle = NativeMethods.Check(NativeMethods.ptycho_find(name, dot < 0 ? "" : op[(dot + 1)..]));
        return Operators.GetOrAdd(op, handle);
    }

    private static void Invoke(string op, ReadOnlySpan<Arg> args, NativeValue* results)
    {
        var handle = Find(op);
        var words = 0;
        foreach (ref readonly var arg in args)
            words += ListLength(arg);
        // Lists are copied behind the values, on the stack where they are as short as shapes are.
        var list = words <= 256 ? stackalloc long[words] : new long[words];
        fixed (long* payload = list)
        {
            var values = stackalloc NativeValue[args.Length];
            var next = payload;
            for (var i = 0; i < args.Length; i++)
                Marshal(in args[i], ref values[i], ref next);
            var count = NativeMethods.ptycho_call(handle, values, args.Length, results, MaxResults);
            foreach (ref readonly var arg in args)
                GC.KeepAlive(arg.Reference);
            if (count < 0)
                throw NativeMethods.LastError();
        }
    }

    private static int ListLength(in Arg arg) =>
        arg.Tag switch
        {
            NativeTag.IntList => ((long[])arg.Reference!).Length,
            NativeTag.DoubleList => ((double[])arg.Reference!).Length,
            NativeTag.TensorList => ((IList<torch.Tensor>)arg.Reference!).Count,
            NativeTag.OptionalTensorList => ((IList<torch.Tensor?>)arg.Reference!).Count,
            NativeTag.String => (Encoding.UTF8.GetByteCount((string)arg.Reference!) + 7) / 8,
            _ => 0,
        };

    private static void Marshal(in Arg arg, ref NativeValue value, ref long* next)
    {
        value = new NativeValue
        {
            Tag = arg.Tag,
            Int = arg.Int,
            Second = arg.Second,
        };
        switch (arg.Tag)
        {
            case NativeTag.Tensor:
                value.Pointer = ((torch.Tensor)arg.Reference!).Handle;
                break;
            case NativeTag.Generator:
                value.Pointer = ((torch.Generator)arg.Reference!).Handle;
                break;
            case NativeTag.Double or NativeTag.Complex:
                value.Double = arg.First;
                break;
            case NativeTag.IntList:
                var ints = (long[])arg.Reference!;
                ints.CopyTo(new Span<long>(next, ints.Length));
                Attach(ref value, ref next, ints.Length, ints.Length);
                break;
            case NativeTag.DoubleList:
                var doubles = (double[])arg.Reference!;
                doubles.CopyTo(new Span<double>(next, doubles.Length));
                Attach(ref value, ref next, doubles.Length, doubles.Length);
                break;
            case NativeTag.TensorList or NativeTag.OptionalTensorList:
                var tensors = (IList<torch.Tensor?>)arg.Reference!;
                for (var i = 0; i < tensors.Count; i++)
                    next[i] = tensors[i]?.Handle ?? 0;
                Attach(ref value, ref next, tensors.Count, tensors.Count);
                break;
            case NativeTag.String:
                var text = (string)arg.Reference!;
                var bytes = Encoding.UTF8.GetByteCount(text);
                Encoding.UTF8.GetBytes(text, new Span<byte>(next, bytes));
                Attach(ref value, ref next, bytes, (bytes + 7) / 8);
                break;
        }
    }

    private static void Attach(ref NativeValue value, ref long* next, int length, int words)
    {
        value.Pointer = (IntPtr)next;
        value.Length = length;
        next += words;
    }
}
