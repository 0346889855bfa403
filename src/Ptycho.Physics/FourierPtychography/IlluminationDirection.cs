namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// The direction of a plane wave that lights the sample, as direction sines along the rows (Y, down) and columns (X, right) of the
/// images. Its spectrum window lies at sine·field/λ pixels from the object's zero frequency, plus sign.
/// </summary>
/// <param name="Y">Sine along the rows, in air.</param>
/// <param name="X">Sine along the columns, in air.</param>
public readonly record struct IlluminationDirection(double Y, double X);
