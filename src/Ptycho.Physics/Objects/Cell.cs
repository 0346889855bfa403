namespace Ptycho.Physics.Objects;

/// <summary>One elliptic body of the phantom; lengths in pixels.</summary>
/// <param name="Y">Row of the centre; may lie outside the picture.</param>
/// <param name="X">Column of the centre.</param>
/// <param name="Radius">Geometric mean of the half axes.</param>
/// <param name="Stretch">Half axis along <paramref name="Angle"/> over the radius; the other one is the radius over it.</param>
/// <param name="Angle">Direction of the stretched axis, radians from x towards y.</param>
/// <param name="Dimple">Depth of the hollow in the middle, 0 (a lens) to 1 (a ring).</param>
/// <param name="Phase">Radians where it is thickest.</param>
/// <param name="Absorption">−log magnitude where it is thickest.</param>
/// <param name="Rim">−log magnitude of the dark line along its edge.</param>
/// <param name="Halo">log magnitude of the bright line around it.</param>
internal readonly record struct Cell(
    double Y,
    double X,
    double Radius,
    double Stretch,
    double Angle,
    double Dimple,
    double Phase,
    double Absorption,
    double Rim,
    double Halo
);
