namespace Ptycho.Physics.Files;

/// <summary>Moves the zero frequency from [0, 0] to the middle [⌊h/2⌋, ⌊w/2⌋], where files have it.</summary>
internal static class Centre
{
    public static float[] Of(ReadOnlySpan<float> corner, int height, int width)
    {
        var result = new float[corner.Length];
        for (var r = 0; r < height; r++)
        {
            var row = corner.Slice(r * width, width);
            var target = result.AsSpan((r + height / 2) % height * width, width);
            row[..(width - width / 2)].CopyTo(target[(width / 2)..]);
            row[(width - width / 2)..].CopyTo(target);
        }
        return result;
    }

    /// <summary>One frame of a stack.</summary>
    public static float[] Of(float[] stack, int frame, int height, int width) =>
        Of(stack.AsSpan((int)((long)frame * height * width), height * width), height, width);
}
