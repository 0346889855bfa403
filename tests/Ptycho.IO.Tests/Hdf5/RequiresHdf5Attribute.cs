using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Ptycho.IO.Hdf5;

namespace Ptycho.IO.Tests.Hdf5;

/// <summary>Skips tests, with the reason, where there is no libhdf5.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresHdf5Attribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (Hdf5File.WhyUnavailable is not { } reason)
            return;
        test.RunState = RunState.Ignored;
        test.Properties.Set(PropertyNames.SkipReason, reason);
    }
}
