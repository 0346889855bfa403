using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Tests.Measurements;

public class DroppedFrameRecordTests
{
    private static readonly DroppedFrame[] Some = [new(0, "no light"), new(7, "NaN at \"row 1\", °")];

    [Test]
    public void WhatIsWrittenIsRead()
    {
        var frames = DroppedFrameRecord.Frames(Some);
        Assert.That(frames, Is.EqualTo(new long[] { 0, 7 }));
        var read = DroppedFrameRecord.Parse([.. frames.Select(k => (double)k)], DroppedFrameRecord.Reasons(Some));
        Assert.That(read, Is.EqualTo(Some));
        Assert.That(DroppedFrameRecord.Parse([int.MaxValue - 1], "[\"x\"]")[0].Frame, Is.EqualTo(int.MaxValue - 1));
    }

    [TestCase(-1)]
    [TestCase(0.5)]
    [TestCase(int.MaxValue)]
    [TestCase(1e300)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void WhatIsNoFrameIsRefused(double frame) =>
        Assert.That(
            () => DroppedFrameRecord.Parse([3, frame], "[\"a\", \"b\"]"),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("'dropped_frames' must be whole numbers")
        );

    [TestCase("[\"a\"]", "not 1")]
    [TestCase("[\"a\", \"b\", \"c\"]", "not 3")]
    [TestCase("[\"a\", null]", "not 1")]
    [TestCase("null", "not 0")]
    [TestCase("[\"a\", 2]", "not a JSON list of texts")]
    [TestCase("[\"a\", ", "not a JSON list of texts")]
    public void OtherReasonsAreRefused(string reasons, string word) =>
        Assert.That(
            () => DroppedFrameRecord.Parse([3, 5], reasons),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("'dropped_reasons'").And.Message.Contains(word)
        );

    [Test]
    public void FramesDroppedNowAreCountedAsTheyWereFirstGiven()
    {
        // Of ten frames 5, 1 and 2 were dropped, so that 0, 3, 4, 6, 7, 8, 9 are in the file; reading begins at its second.
        DroppedFrame[] before = [new(5, "x"), new(1, "y"), new(2, "z")];
        var joined = DroppedFrameRecord.Join(before, [new(0, "a"), new(1, "b"), new(2, "c")], first: 1);
        Assert.That(
            joined,
            Is.EqualTo(
                new DroppedFrame[] { new(1, "y"), new(2, "z"), new(3, "a"), new(4, "b"), new(5, "x"), new(6, "c") }
            )
        );
        Assert.That(
            DroppedFrameRecord.Join(before, [new(0, "a")], first: 0).Select(d => d.Frame),
            Is.EqualTo(new[] { 0, 1, 2, 5 })
        );
    }

    [Test]
    public void WhereNothingIsAddedNothingChanges()
    {
        Assert.That(DroppedFrameRecord.Join(Some, [], first: 3), Is.SameAs(Some));
        Assert.That(DroppedFrameRecord.Join([], Some, first: 0), Is.SameAs(Some));
    }
}
