using System.Text.RegularExpressions;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Reports;

namespace Ptycho.Solvers.Tests.Reports;

public sealed partial class StopReasonTests
{
    [Test]
    public void TheHeaderSaysForEveryReasonInWordsOfItsOwnWhyTheSolverEnded()
    {
        var reasons = Enum.GetValues<StopReason>();
        var leads = Array.ConvertAll(reasons, Lead);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(leads, Is.Unique);
            foreach (var (reason, lead) in reasons.Zip(leads))
            {
                Assert.That(lead, Does.Match("^rPIE [a-z -]+ after 3 iterations"));
                Assert.That(lead, Does.Not.Contain(reason.ToString()));
            }
        }
    }

    [Test]
    public void WhatIsNoReasonIsRefused() => Assert.That(() => Lead((StopReason)99), Throws.ArgumentException);

    private static string Lead(StopReason reason)
    {
        var measurement = Small.Measurement();
        var html = new ReconstructionReport(
            measurement,
            Small.Result(measurement) with
            {
                StopReason = reason,
            }
        ).ToHtml();
        return LeadText().Match(html).Groups[1].Value;
    }

    [GeneratedRegex("<p class=\"lead\">(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex LeadText();
}
