using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Tests.Fuzzing;

/// <summary>
/// Damaged HDF5 files through every reader: each is read, or refused with InvalidDataException that names it; none
/// makes managed code ask for much memory. libhdf5 itself is a C library that some damaged files crash or fill the memory
/// with (docs/reliability.md): that is counted, and may happen to one file in a thousand at most.
/// </summary>
public class Hdf5FuzzTests
{
    private const long LargestAllocation = 64 << 20;
    private const long PeakMemory = 1L << 30;
    private const int PartCount = 14_300;

    [SetUp]
    public void RequireHdf5()
    {
        if (Hdf5File.WhyUnavailable is { } reason)
            Assert.Ignore(reason);
    }

    [TestCase("tree", "types.h5")]
    [TestCase("cxi", "scan.cxi")]
    [TestCase("ptyd", "scan.ptyd")]
    [TestCase("nexus", "nexus-rows.nxs")]
    [TestCase("nexus", "nexus-raster.nxs")]
    [TestCase("ptyr", "recon.ptyr")]
    [TestCase("ptychodus", "product.h5")]
    public void DamageIsReadOrRefused(string reader, string file) => Fuzz(reader, file, 200);

    /// <summary>
    /// In seven parts of every layout, since a part that hangs would stop the whole run; one part of all layouts is a
    /// hundred thousand files, too (--filter "Name~,0").
    /// </summary>
    [Category("Long")]
    [Test]
    public void AHundredThousandDamagedFilesAreReadOrRefused(
        [Values(
            "tree types.h5",
            "cxi scan.cxi",
            "ptyd scan.ptyd",
            "nexus nexus-rows.nxs",
            "nexus nexus-raster.nxs",
            "ptyr recon.ptyr",
            "ptychodus product.h5"
        )]
            string readerAndFile,
        [Range(0, 6)] int part
    )
    {
        var (reader, file) = (readerAndFile.Split(' ')[0], readerAndFile.Split(' ')[1]);
        Fuzz(reader, file, PartCount, PartCount * part);
    }

    private static void Fuzz(string reader, string file, int count, int first = 0)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "hdf5", file);
        var result = FuzzRun.Run(reader, path, first, count);
        TestContext.Out.WriteLine($"{reader}, {file}, {count} damaged files: {result}");
        Assert.Multiple(() =>
        {
            Assert.That(
                result.Crashed.Count + result.Stopped.Count,
                Is.LessThanOrEqualTo(Math.Max(2, count / 1000)),
                "files on which libhdf5 crashed, or asked for more than a gigabyte"
            );
            Assert.That(result.LargestAllocation, Is.LessThan(LargestAllocation));
            Assert.That(result.PeakMemory, Is.LessThan(PeakMemory));
            Assert.That(result.Refused, Is.GreaterThan(count / 20));
        });
    }
}
