namespace Ptycho.Physics.FourierPtychography;

/// <summary>Reported after each sweep.</summary>
/// <param name="Sweep">The sweep that ended, from 1.</param>
/// <param name="SweepCount">All sweeps.</param>
/// <param name="AmplitudeError">‖|model| − g·a‖/‖g·a‖ over the sweep, each image as it was before its update.</param>
public readonly record struct FourierPtychographyProgress(int Sweep, int SweepCount, double AmplitudeError);
