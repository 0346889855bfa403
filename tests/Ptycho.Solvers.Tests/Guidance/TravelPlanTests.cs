using Ptycho.Solvers.Guidance;

namespace Ptycho.Solvers.Tests.Guidance;

public class TravelPlanTests
{
    [TestCase(1000, 10, 10900)]
    [TestCase(1000, 0, 1000)]
    [TestCase(5, 10, 5)]
    public void CountsOfThePaper(int steps, int travel, int expected)
    {
        Assert.That(TravelPlan.Steps(steps, travel).Count(), Is.EqualTo(expected));
        Assert.That(TravelPlan.Count(steps, travel), Is.EqualTo(expected));
    }

    [Test]
    public void StepsAndTravelsOfASmallPlan()
    {
        // Places 0…3 of four steps, back two after each but the first and the last.
        (int, int)[] expected = [(0, 0), (1, 0), (0, 2), (1, 0), (2, 0), (1, 2), (2, 0), (3, 0)];
        Assert.That(TravelPlan.Steps(4, 2), Is.EqualTo(expected));
    }

    [Test]
    public void EachTravelStartsWhereTheStateIs()
    {
        var at = 0;
        foreach (var (place, travel) in TravelPlan.Steps(30, 4))
        {
            Assert.That(place + travel, Is.EqualTo(at));
            at = place + 1;
        }
        Assert.That(at, Is.EqualTo(30));
    }
}
