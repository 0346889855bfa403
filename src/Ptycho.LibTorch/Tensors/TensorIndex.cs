namespace TorchSharp;

public static partial class torch
{
    internal enum IndexKind
    {
        Single,
        Slice,
        None,
        Ellipsis,
        Bool,
        Tensor,
    }

    /// <summary>One entry between the brackets of an index expression.</summary>
    public readonly struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new(IndexKind.Ellipsis);
        public static readonly TensorIndex None = new(IndexKind.None);
        public static readonly TensorIndex Null = new(IndexKind.None);
        public static readonly TensorIndex Colon = Slice();

        internal readonly IndexKind Kind;
        internal readonly long? Start;
        internal readonly long? Stop;
        internal readonly long? Step;
        internal readonly Tensor? Index;

        private TensorIndex(
            IndexKind kind,
            long? start = null,
            long? stop = null,
            long? step = null,
            Tensor? tensor = null
        )
        {
            Kind = kind;
            Start = start;
            Stop = stop;
            Step = step;
            Index = tensor;
        }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(IndexKind.Slice, start, stop, step);

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) =>
            Slice(
                range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
                range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value
            );

        public static TensorIndex Bool(bool value) => new(IndexKind.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) =>
            index is null ? throw new ArgumentNullException(nameof(index)) : new(IndexKind.Single, index);

        public static TensorIndex Tensor(Tensor tensor) => new(IndexKind.Tensor, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) =>
            Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);
    }
}
