namespace Ptycho.Solvers.Classical;

/// <summary>What a classical solver starts from when no object is given.</summary>
public enum StartObject
{
    /// <summary>
    /// The constant whose simulated frames have the energy of the measured ones, √(Σ_k‖a_k‖²/Σ_r Σ_k|P_k(r)|²), which
    /// is √(Σ_k‖a_k‖²/(K‖P‖²)) where no window overhangs. A start that is too dark falls into a wrong solution.
    /// </summary>
    DataScale,

    /// <summary>1 + 0i everywhere, for data that are calibrated.</summary>
    Unit,
}
