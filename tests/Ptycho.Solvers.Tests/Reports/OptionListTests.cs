using Ptycho.IO;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reports;

namespace Ptycho.Solvers.Tests.Reports;

public sealed class OptionListTests
{
    [Test]
    public void RecordsWithinAreNamedWithTheirPathAndDataOnlyByShape()
    {
        var options = OptionList
            .Of(
                new RpieOptions
                {
                    Stop = new() { Iterations = 7, ResidualTarget = 0.25 },
                    InitialObject = new ComplexField(3, 4),
                    Refinement = new() { Beta = 0.5 },
                }
            )
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options["Stop.Iterations"], Is.EqualTo("7"));
            Assert.That(options["Stop.ResidualTarget"], Is.EqualTo("0.25"));
            Assert.That(options["InitialObject"], Is.EqualTo("given, 3×4"));
            Assert.That(options["Refinement.Beta"], Is.EqualTo("0.5"));
            Assert.That(options["Correction"], Is.EqualTo("none"));
            Assert.That(options["Order"], Is.EqualTo("Random"));
        }
    }
}
