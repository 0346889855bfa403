namespace Ptycho.Samples.PaperTables.Experiments;

/// <summary>Names of the tables, as in results.json.</summary>
internal static class Tables
{
    /// <summary>Error and similarity by overlap and method.</summary>
    public const string One = "table1";

    /// <summary>The U-Net trained at one overlap and tested at others.</summary>
    public const string Two = "table2";

    /// <summary>Other scan positions, and another probe with overhanging windows.</summary>
    public const string Scans = "scans";

    /// <summary>Peak counts from 1e3 to 1e6.</summary>
    public const string Dose = "dose";
}
