using Ptycho.Samples.Shared.Display;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Tests.Display;

public sealed class ProgressMeterTests
{
    [Test]
    public void RateAndTimeLeftFollowFromWhatWasDone()
    {
        var time = new ManualTime();
        var meter = new ProgressMeter(time);
        meter.Start();
        time.Advance(4);
        meter.Report(10, 40);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(meter.Rate, Is.EqualTo(2.5).Within(1e-12));
            Assert.That(meter.Left, Is.EqualTo(TimeSpan.FromSeconds(12)));
            Assert.That(meter.ToString(), Is.EqualTo("2.5/s, 0:12 left"));
        }
    }

    [Test]
    public void AnEarlierRunsWorkDoesNotCount()
    {
        var time = new ManualTime();
        var meter = new ProgressMeter(time);
        meter.Start(before: 100);
        time.Advance(20);
        meter.Report(104, 108);
        Assert.That(meter.ToString(), Is.EqualTo("5 s each, 0:20 left"));
    }

    [Test]
    public void NothingIsSaidBeforeAnythingIsKnown()
    {
        var meter = new ProgressMeter(new ManualTime());
        meter.Report(0, 10);
        Assert.That(meter.ToString(), Is.Empty);
    }

    [TestCase(0.2, "0:01")]
    [TestCase(59, "0:59")]
    [TestCase(725, "12:05")]
    [TestCase(3 * 3600 + 65, "3:01:05")]
    public void TimesAreWrittenAsOnAClock(double seconds, string text) =>
        Assert.That(ProgressMeter.Clock(TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));

    [Test]
    public void LinesComeFirstLastAndNowAndThen()
    {
        var time = new ManualTime();
        using var output = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines("AWF", output, time);
        for (var i = 1; i <= 20; i++)
        {
            time.Advance(1);
            lines.Report(new ReconstructionProgress(i, 20, 0.5 / i));
        }
        var said = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                said.Select(line => line.Split(':')[0]),
                Is.EqualTo((string[])["AWF 1/20", "AWF 6/20", "AWF 11/20", "AWF 16/20", "AWF 20/20"])
            );
            Assert.That(said[1], Is.EqualTo("AWF 6/20: residual 0.0833, 1/s, 0:14 left"));
        }
    }
}
