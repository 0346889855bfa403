namespace Ptycho.Samples.LargeField.Scenes;

/// <summary>The objects that a field is made of.</summary>
internal enum FieldKind
{
    /// <summary>A drawn blood smear: no data are needed.</summary>
    Phantom,

    /// <summary>The validation block of one smear (rows and columns 256–511 of red), on which options are chosen.</summary>
    Validation,

    /// <summary>The right half of another smear (aberration), on which nothing is trained or chosen.</summary>
    Test,
}
