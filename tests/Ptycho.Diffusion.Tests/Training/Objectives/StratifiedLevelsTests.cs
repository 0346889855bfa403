using Ptycho.Diffusion.Training.Objectives;

namespace Ptycho.Diffusion.Tests.Training.Objectives;

public sealed class StratifiedLevelsTests
{
    [Test]
    public void A_batch_has_one_level_in_each_of_its_strata()
    {
        for (var seed = 0UL; seed < 50; seed++)
        {
            var levels = StratifiedLevels.Draw(seed, 0, 8, 8, 1000);
            var gaps = levels.Order().Zip(levels.Order().Skip(1), (a, b) => b - a).ToArray();
            Assert.That(levels, Is.All.InRange(1, 1000));
            Assert.That(gaps, Is.All.EqualTo(125));
        }
    }

    [Test]
    public void Parts_of_a_step_are_the_pieces_of_the_whole()
    {
        var whole = StratifiedLevels.Draw(11, 0, 6, 6, 1000);
        var parts = Enumerable.Range(0, 3).SelectMany(part => StratifiedLevels.Draw(11, 2 * part, 2, 6, 1000));
        Assert.That(parts, Is.EqualTo(whole));
    }

    [Test]
    public void Over_many_steps_every_level_is_drawn_equally_often()
    {
        const int Steps = 20;
        const int Draws = 20_000;
        var counts = new int[Steps + 1];
        for (var seed = 0UL; seed < Draws; seed++)
            foreach (var level in StratifiedLevels.Draw(seed, 0, 3, 3, Steps))
                counts[level]++;
        // 3,000 expected; five standard deviations of a binomial are 267, and strata only make it narrower.
        Assert.That(counts[0], Is.Zero);
        Assert.That(counts.Skip(1), Is.All.InRange(2730, 3270));
    }

    [Test]
    public void A_batch_may_be_larger_than_the_number_of_levels() =>
        Assert.That(StratifiedLevels.Draw(1, 0, 10, 10, 2).Count(level => level == 1), Is.EqualTo(5));
}
