using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Ptycho.Mutation;

/// <summary>Runs the tests in this process, with one mutant after the other switched on.</summary>
internal sealed class Worker
{
    /// <summary>What the parent reads; tests may write lines of their own.</summary>
    public const string Mark = "@mutation ";

    private readonly Assembly tests;
    private readonly FieldInfo active;
    private readonly string regex;

    public Worker(string library, string tests, string regex)
    {
        this.regex = regex;
        var folder = AppContext.BaseDirectory;
        this.tests = Assembly.Load(AssemblyName.GetAssemblyName(Path.Combine(folder, tests + ".dll")));
        var control = Assembly.Load(new AssemblyName(library)).GetTypes().Single(type => type.Name == "MutantControl");
        active = control.GetField("ActiveMutant", BindingFlags.Public | BindingFlags.Static)!;
    }

    /// <summary>Answers every id on the input with the test that failed, or with nothing.</summary>
    /// <param name="warm">Whether the tests are run without a mutant before: the parent takes its time limit from that.</param>
    public void Serve(bool warm)
    {
        if (warm)
        {
            Say(Failing(-1, Selected()) is { } broken ? $"broken {broken}" : "warm");
            Failing(-1, Selected());
            Say("ready");
        }
        while (Console.ReadLine() is { } line)
        {
            var failing = Failing(int.Parse(line), Selected());
            // What a mutant left behind in statics must not kill the next one.
            if (failing is not null && warm && Failing(-1, Named(failing)) is not null)
                Say("spoiled");
            else
                Say(failing is null ? "survived" : $"killed {failing}");
        }
    }

    private static void Say(string text) => Console.WriteLine($"\n{Mark}{text}");

    /// <summary>The first test that fails, if one does.</summary>
    private string? Failing(int mutant, TestFilter filter)
    {
        active.SetValue(null, mutant);
        try
        {
            // Loaded anew, so that cases which a test's source makes are made with the mutant.
            var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
            runner.Load(
                tests,
                new Dictionary<string, object>
                {
                    [NUnit.FrameworkPackageSettings.StopOnError] = true,
                    [NUnit.FrameworkPackageSettings.NumberOfTestWorkers] = 0,
                    [NUnit.FrameworkPackageSettings.SynchronousEvents] = true,
                    [NUnit.FrameworkPackageSettings.WorkDirectory] = AppContext.BaseDirectory,
                }
            );
            var listener = new FirstFailure();
            var result = runner.Run(listener, filter);
            if (result.TotalCount == 0)
                return listener.Name ?? "no test was found";
            return listener.Name ?? (result.FailCount > 0 ? result.FullName : null);
        }
        finally
        {
            active.SetValue(null, -1);
        }
    }

    private TestFilter Selected() =>
        TestFilter.FromXml(
            $"<filter><and><test re='1'>{Escaped(regex)}</test><not><cat>Long</cat></not></and></filter>"
        );

    private static TestFilter Named(string test) =>
        TestFilter.FromXml($"<filter><test>{Escaped(test)}</test></filter>");

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text)!;

    private sealed class FirstFailure : ITestListener
    {
        public string? Name { get; private set; }

        public void TestFinished(ITestResult result)
        {
            if (result.ResultState.Status == TestStatus.Failed && !result.Test.IsSuite)
                Name ??= result.FullName;
            else if (result.ResultState.Status == TestStatus.Failed && result.ResultState.Site != FailureSite.Child)
                Name ??= result.FullName;
        }

        public void TestStarted(ITest test) { }

        public void TestOutput(TestOutput output) { }

        public void SendMessage(TestMessage message) { }
    }
}
