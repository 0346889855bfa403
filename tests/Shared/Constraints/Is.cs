using NUnit.Framework.Constraints;

namespace Ptycho;

/// <summary>
/// NUnit's constraints, but NaN is below nothing: NUnit orders it before all numbers, so that an error of NaN would pass every
/// bound.
/// </summary>
internal abstract class Is : NUnit.Framework.Is
{
    public static new LessThanConstraint LessThan(object expected) => new NumberLessThan(expected);

    public static new LessThanOrEqualConstraint LessThanOrEqualTo(object expected) => new NumberAtMost(expected);

    public static new LessThanOrEqualConstraint AtMost(object expected) => new NumberAtMost(expected);

    private static bool IsNan<T>(T actual) => actual is double.NaN or float.NaN;

    private sealed class NumberLessThan(object expected) : LessThanConstraint(expected)
    {
        public override ConstraintResult ApplyTo<TActual>(TActual actual) =>
            IsNan(actual) ? new ConstraintResult(this, actual, false) : base.ApplyTo(actual);
    }

    private sealed class NumberAtMost(object expected) : LessThanOrEqualConstraint(expected)
    {
        public override ConstraintResult ApplyTo<TActual>(TActual actual) =>
            IsNan(actual) ? new ConstraintResult(this, actual, false) : base.ApplyTo(actual);
    }
}
