namespace Ptycho.IO.Tests;

/// <summary>Files of tests/data, copied beside the tests.</summary>
public static class TestData
{
    public static string File(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "data", name);
}
