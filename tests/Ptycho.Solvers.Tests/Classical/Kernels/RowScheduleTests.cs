using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Tests.Classical.Tensors;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

public class RowScheduleTests
{
    private const int Rows = 4;

    [Test]
    public void ABlockIsUpdatedOnceAndAfterTheLastFrameThatTouchesIt([Values(1, 3)] int count, [Values] bool backwards)
    {
        var measurement = Simulated.Measure(1);
        var plan = new ScanPlan(measurement);
        var parts = FlowPart.Split(plan, count);
        var schedule = new RowSchedule(plan, parts, Rows);
        for (var pass = 0; pass < 2; pass++)
        {
            var (done, updated) = (new HashSet<int>(), new List<int>());
            schedule.Begin();
            foreach (var p in Enumerable.Range(0, count).Select(p => backwards ? count - 1 - p : p))
                for (int i = 0, next = 0; i < parts[p].Frames.Length; i++)
                {
                    done.Add(parts[p].Frames[i]);
                    schedule.Done(p, i, ref next, worker: 7, Update);
                }

            Assert.That(updated, Is.EquivalentTo(Enumerable.Range(0, measurement.ObjectHeight / Rows)));
            if (!backwards)
                Assert.That(updated, Is.Ordered);
            Assert.That(updated[0], backwards && count > 1 ? Is.GreaterThan(0) : Is.Zero);

            void Update(int worker, int block)
            {
                Assert.That(worker, Is.EqualTo(7));
                updated.Add(block);
                Assert.That(Touching(block), Is.SubsetOf(done));
            }
        }

        IEnumerable<int> Touching(int block) =>
            Enumerable
                .Range(0, plan.FrameCount)
                .Where(k =>
                    measurement.Positions[k].WholePixel.Row < (block + 1) * Rows
                    && measurement.Positions[k].WholePixel.Row + plan.Height > block * Rows
                );
    }
}
