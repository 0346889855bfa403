using Ptycho.Physics.Operators;

namespace Ptycho.Physics.Tests.Operators;

public class FrameChunksTests
{
    // Shared by all objects 10 bytes a frame, 7 more for each object's frame.
    [TestCase(1_000_000, 3, 5, new long[] { 0, 3, 0, 5 })]
    [TestCase(62, 3, 5, new long[] { 0, 3, 0, 2, 0, 3, 2, 2, 0, 3, 4, 1 })]
    [TestCase(61, 3, 2, new long[] { 0, 3, 0, 1, 0, 3, 1, 1 })]
    [TestCase(31, 3, 2, new long[] { 0, 3, 0, 1, 0, 3, 1, 1 })]
    [TestCase(30, 3, 2, new long[] { 0, 2, 0, 1, 0, 2, 1, 1, 2, 1, 0, 1, 2, 1, 1, 1 })]
    [TestCase(17, 2, 1, new long[] { 0, 1, 0, 1, 1, 1, 0, 1 })]
    [TestCase(1, 2, 1, new long[] { 0, 1, 0, 1, 1, 1, 0, 1 })]
    public void AsManyFramesOfAllObjectsAsFitOrAsManyObjectsOfOneFrame(
        long limit,
        long objects,
        long frames,
        long[] expected
    )
    {
        var parts = new FrameChunks(10, 7, limit).Parts(objects, frames);
        Assert.That(parts.SelectMany(p => new[] { p.Object, p.Objects, p.Frame, p.Frames }), Is.EqualTo(expected));
        Assert.That(new FrameChunks(10, 7, limit).Least, Is.EqualTo(17));
    }

    [Test]
    public void WhatAFrameTakesIsCounted()
    {
        // 100 pixels, 2 modes: indices and window 4 complex a pixel, fields 3 a mode and 2, shifts 8 a mode and 6.
        var shared = FrameChunks.Of(100, 2, isFractional: false, sharesScan: true, 5);
        Assert.That(shared, Is.EqualTo(new FrameChunks(3200, 6400, 5)));
        var shifted = FrameChunks.Of(100, 2, isFractional: true, sharesScan: true, 5);
        Assert.That(shifted, Is.EqualTo(new FrameChunks(3200 + 17_600, 6400, 5)));
        var own = FrameChunks.Of(100, 2, isFractional: true, sharesScan: false, 5);
        Assert.That(own, Is.EqualTo(new FrameChunks(0, 3200 + 17_600 + 6400, 5)));
    }
}
