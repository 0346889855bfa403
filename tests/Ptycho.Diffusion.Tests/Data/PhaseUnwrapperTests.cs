using System.Numerics;
using Ptycho.Diffusion.Data;
using Ptycho.IO;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class PhaseUnwrapperTests
{
    [Test]
    public void A_phase_within_half_a_turn_is_left_alone()
    {
        var field = Field((r, c) => 0.15 * r - 0.1 * c);
        var phase = PhaseUnwrapper.Unwrap(field);
        for (var i = 0; i < phase.Length; i++)
            Assert.That(phase[i], Is.EqualTo(MathF.Atan2(field.Imaginary[i], field.Real[i])));
    }

    [Test]
    public void A_dome_of_several_turns_comes_back_whole()
    {
        double Dome(int r, int c) => 9 * Math.Exp(-((r - 8) * (r - 8) + (c - 9) * (c - 9)) / 30.0) - 0.5;
        var phase = PhaseUnwrapper.Unwrap(Field(Dome));
        var offset = Math.Round((phase[0] - Dome(0, 0)) / Math.Tau);
        for (var r = 0; r < 18; r++)
        for (var c = 0; c < 20; c++)
            Assert.That(phase[r * 20 + c], Is.EqualTo(Dome(r, c) + offset * Math.Tau).Within(1e-4));
    }

    [Test]
    public void The_branch_is_the_one_with_the_mean_nearest_to_zero()
    {
        var phase = PhaseUnwrapper.Unwrap(Field((r, c) => 20 + 0.4 * c));
        Assert.That(Math.Abs(phase.Average()), Is.LessThan(Math.PI));
    }

    [Test]
    public void A_wrap_in_a_dark_cell_is_undone_and_the_background_stays()
    {
        double Cell(int r, int c) => -5.5 * Math.Exp(-((r - 9) * (r - 9) + (c - 10) * (c - 10)) / 14.0);
        var field = Field(Cell, (r, c) => 1 - 0.8 * Math.Exp(-((r - 9) * (r - 9) + (c - 10) * (c - 10)) / 14.0));
        var phase = PhaseUnwrapper.Unwrap(field);
        Assert.That(phase[0], Is.EqualTo(0).Within(1e-3));
        Assert.That(phase[9 * 20 + 10], Is.EqualTo(-5.5).Within(1e-3));
    }

    private static ComplexField Field(Func<int, int, double> phase, Func<int, int, double>? magnitude = null)
    {
        var field = new ComplexField(18, 20);
        for (var r = 0; r < 18; r++)
        for (var c = 0; c < 20; c++)
            field[r, c] = Complex.FromPolarCoordinates(magnitude?.Invoke(r, c) ?? 1, phase(r, c));
        return field;
    }
}
