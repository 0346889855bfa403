namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>
/// The numbers of Cam et al., arXiv:2502.18767: Tables I and II and the text of section IV.B. A cell that could not be read
/// with certainty in the copy at hand is absent rather than guessed.
/// </summary>
internal static class PaperNumbers
{
    /// <summary>Table I by overlap in percent.</summary>
    public static IReadOnlyDictionary<int, PaperRow> TableOne { get; } =
        new SortedDictionary<int, PaperRow>
        {
            [20] = new(
                PaperScore.Of(.388, .019, .146, .015),
                PaperScore.Of(.283, .022, .228, .025),
                PaperScore.Of(.135, .026, .854, .027),
                PaperScore.Of(.116, .048, .899, .070)
            ),
            [38] = new(
                null,
                PaperScore.Of(.153, .020, .572, .051),
                PaperScore.Of(.085, .017, .927, .023),
                PaperScore.Of(.079, .022, .946, .025)
            ),
            [44] = new(
                null,
                PaperScore.Of(.111, .019, .714, .056),
                PaperScore.Of(.078, .020, .947, .022),
                PaperScore.Of(.071, .021, .957, .020)
            ),
            // The copy's Table I has .947 for the U-Net, a repetition of the row above; Table II has .967.
            [50] = new(
                null,
                PaperScore.Of(.082, .015, .832, .046),
                PaperScore.Of(.067, .020, .967, .015),
                PaperScore.Of(.062, .013, .967, .015)
            ),
            [62] = new(null, PaperScore.Of(.040, .012, .972, .015), null, PaperScore.Of(.054, .013, .977, .009)),
            [66] = new(
                PaperScore.Of(.104, .043, .976, .012),
                PaperScore.Of(.026, .011, .991, .009),
                null,
                PaperScore.Of(.049, .011, .985, .004)
            ),
            [74] = new(null, PaperScore.Of(.019, .009, .999, .001), null, PaperScore.Of(.046, .014, .990, .003)),
        };

    /// <summary>Table II: the U-Net's score by (tested, trained) overlap in percent.</summary>
    public static IReadOnlyDictionary<(int Tested, int Trained), PaperScore> TableTwo { get; } =
        new Dictionary<(int, int), PaperScore>
        {
            [(20, 20)] = PaperScore.Of(.135, .026, .854, .027),
            [(20, 38)] = PaperScore.Of(.186, .030, .762, .032),
            [(20, 44)] = PaperScore.Of(.183, .028, .744, .038),
            [(20, 50)] = PaperScore.Of(.200, .039, .700, .044),
            [(38, 20)] = PaperScore.Of(.119, .021, .873, .029),
            [(38, 38)] = PaperScore.Of(.085, .017, .927, .023),
            [(38, 44)] = PaperScore.Of(.099, .017, .903, .026),
            [(38, 50)] = PaperScore.Of(.101, .015, .893, .025),
            [(44, 20)] = PaperScore.Of(.110, .021, .892, .024),
            [(44, 38)] = PaperScore.Of(.087, .018, .930, .024),
            [(44, 44)] = PaperScore.Of(.078, .020, .947, .022),
            [(44, 50)] = PaperScore.Of(.080, .018, .937, .022),
            [(50, 20)] = PaperScore.Of(.104, .020, .906, .021),
            [(50, 38)] = PaperScore.Of(.079, .021, .948, .020),
            [(50, 44)] = PaperScore.Of(.072, .020, .959, .029),
            [(50, 50)] = PaperScore.Of(.067, .020, .967, .015),
        };

    /// <summary>Section IV.B: the proposed method at other positions of 20 %.</summary>
    public static PaperScore ProposedElsewhere { get; } = PaperScore.Of(.117, .049, .902, .065);

    /// <summary>Section IV.B: the U-Net at other positions of 20 %.</summary>
    public static PaperScore UNetElsewhere { get; } = PaperScore.Of(.157, .036, .838, .030);
}

/// <summary>One overlap of the paper's Table I; null where the paper has "N/A" or the copy is not legible.</summary>
internal sealed record PaperRow(PaperScore? Rpie, PaperScore? Awf, PaperScore? UNet, PaperScore Proposed)
{
    private IEnumerable<PaperScore> Known => new[] { Rpie, Awf, UNet, Proposed }.OfType<PaperScore>();

    /// <summary>The lowest error of any column.</summary>
    public Score BestNrmse => Known.Select(score => score.Nrmse).MinBy(score => score.Mean);

    /// <summary>The highest similarity of any column.</summary>
    public Score BestSsim => Known.Select(score => score.Ssim).MaxBy(score => score.Mean);
}
