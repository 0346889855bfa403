using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator +(Tensor left, int right) => AddNumber(left, (long)right);

        public static Tensor operator +(Tensor left, long right) => AddNumber(left, right);

        public static Tensor operator +(Tensor left, float right) => AddNumber(left, (double)right);

        public static Tensor operator +(Tensor left, double right) => AddNumber(left, right);

        public static Tensor operator +(int left, Tensor right) => AddNumber(right, (long)left);

        public static Tensor operator +(long left, Tensor right) => AddNumber(right, left);

        public static Tensor operator +(float left, Tensor right) => AddNumber(right, (double)left);

        public static Tensor operator +(double left, Tensor right) => AddNumber(right, left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator -(Tensor left, int right) => Aten.Call("sub.Scalar", left, (long)right);

        public static Tensor operator -(Tensor left, long right) => Aten.Call("sub.Scalar", left, right);

        public static Tensor operator -(Tensor left, float right) => Aten.Call("sub.Scalar", left, (double)right);

        public static Tensor operator -(Tensor left, double right) => Aten.Call("sub.Scalar", left, right);

        public static Tensor operator -(int left, Tensor right) => Aten.Call("rsub.Scalar", right, (long)left);

        public static Tensor operator -(long left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator -(float left, Tensor right) => Aten.Call("rsub.Scalar", right, (double)left);

        public static Tensor operator -(double left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator *(Tensor left, int right) => Multiply(left, (long)right);

        public static Tensor operator *(Tensor left, long right) => Multiply(left, right);

        public static Tensor operator *(Tensor left, float right) => Multiply(left, (double)right);

        public static Tensor operator *(Tensor left, double right) => Multiply(left, right);

        public static Tensor operator *(int left, Tensor right) => Multiply(right, (long)left);

        public static Tensor operator *(long left, Tensor right) => Multiply(right, left);

        public static Tensor operator *(float left, Tensor right) => Multiply(right, (double)left);

        public static Tensor operator *(double left, Tensor right) => Multiply(right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Aten.Call("div.Tensor", left, right);

        public static Tensor operator /(Tensor left, Scalar right) => Aten.Call("div.Scalar", left, right);

        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().mul_(left);

        public static Tensor operator /(Tensor left, int right) => Aten.Call("div.Scalar", left, (long)right);

        public static Tensor operator /(Tensor left, long right) => Aten.Call("div.Scalar", left, right);

        public static Tensor operator /(Tensor left, float right) => Aten.Call("div.Scalar", left, (double)right);

        public static Tensor operator /(Tensor left, double right) => Aten.Call("div.Scalar", left, right);

        public static Tensor operator /(int left, Tensor right) => (Scalar)left / right;

        public static Tensor operator /(long left, Tensor right) => (Scalar)left / right;

        public static Tensor operator /(float left, Tensor right) => (Scalar)left / right;

        public static Tensor operator /(double left, Tensor right) => (Scalar)left / right;

        public static Tensor operator %(Tensor left, Tensor right) => Aten.Call("remainder.Tensor", left, right);

        public static Tensor operator %(Tensor left, Scalar right) => Aten.Call("remainder.Scalar", left, right);

        public static Tensor operator &(Tensor left, Tensor right) => Aten.Call("bitwise_and.Tensor", left, right);

        public static Tensor operator |(Tensor left, Tensor right) => Aten.Call("bitwise_or.Tensor", left, right);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        private static Tensor AddNumber(Tensor t, Arg number) => Aten.Call("add.Scalar", t, number);

        private static Tensor Multiply(Tensor t, Arg number) => Aten.Call("mul.Scalar", t, number);
    }
}
