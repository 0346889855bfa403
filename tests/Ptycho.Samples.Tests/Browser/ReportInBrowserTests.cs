using Ptycho.Samples.Shared.Results;

namespace Ptycho.Samples.Tests.Browser;

/// <summary>
/// The report in a real browser: layout on a desk and on a phone, light and dark, script errors, keyboard. PTYCHO_REPORTS
/// names reports to be checked in place of one made here, PTYCHO_SCREENSHOTS a folder for pictures.
/// </summary>
[Category("Long")]
[Category("Browser")]
public sealed class ReportInBrowserTests
{
    private const int Desk = 1280;
    private const int Phone = 390;
    private static readonly string Layout = File.ReadAllText(
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Browser", "layout.js")
    );
    private Chromium? _browser;
    private TemporaryFolder? _folder;

    [OneTimeSetUp]
    public async Task Start()
    {
        if (Chromium.Find() is not { } program)
        {
            Assert.Ignore("Chromium is missing (Debian: apt-get install chromium); PTYCHO_CHROMIUM may name it.");
            return;
        }
        _folder = new TemporaryFolder();
        _browser = await Chromium.Start(program);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _folder?.Dispose();
    }

    [Test]
    public async Task NothingOverflowsOrFailsAtAnyWidthAndInAnyScheme(
        [Values(Desk, Phone, 320)] int width,
        [Values] bool dark
    )
    {
        foreach (var report in Reports())
        {
            var page = await BrowserPage.Open(_browser!.Tools);
            await page.Show(width, dark);
            await page.Load(report);
            var faults = (await page.Evaluate(Layout))!.AsArray().Select(fault => fault!.GetValue<string>()).ToArray();
            if (Environment.GetEnvironmentVariable("PTYCHO_SCREENSHOTS") is { Length: > 0 } pictures)
            {
                var name = $"{Path.GetFileName(Path.GetDirectoryName(report))}-{width}-{(dark ? "dark" : "light")}.png";
                await File.WriteAllBytesAsync(Path.Combine(pictures, name), await page.Picture());
            }
            using (Assert.EnterMultipleScope())
            {
                Assert.That(faults, Is.Empty, report);
                Assert.That(page.Errors, Is.Empty, report);
                Assert.That(page.Requests, Is.EqualTo([new Uri(Path.GetFullPath(report)).AbsoluteUri]), report);
            }
        }
    }

    [Test]
    public async Task TheSliderMovesByTheKeyboardAndSaysWhere()
    {
        foreach (var report in Reports())
        {
            var page = await BrowserPage.Open(_browser!.Tools);
            await page.Show(Desk, dark: false);
            await page.Load(report);
            await page.Evaluate("document.querySelector('.compare input').focus()");
            for (var i = 0; i < 3; i++)
                await page.Press("ArrowRight", 39);
            var state = (
                await page.Evaluate(
                    """
                    [...document.querySelectorAll(".compare")].map((f) =>
                      [getComputedStyle(f).getPropertyValue("--cut"), f.querySelector("input").value,
                       f.querySelector("input").getAttribute("aria-valuetext")].join("|"))
                    """
                )
            )!.AsArray().Select(text => text!.GetValue<string>()).ToArray();
            Assert.That(state, Has.Length.EqualTo(2));
            Assert.That(state, Has.All.StartsWith("53%|53|53 % "));
            Assert.That(page.Errors, Is.Empty);
        }
    }

    private IEnumerable<string> Reports()
    {
        if (Environment.GetEnvironmentVariable("PTYCHO_REPORTS") is { Length: > 0 } given)
            return given.Split(Path.PathSeparator);
        var path = _folder!.File(ReconstructionFiles.Page);
        if (!File.Exists(path))
            Make.Report("<script>throw 1</script> & a-name-without-any-place-to-break-it-in-two-which-is-long")
                .Write(path);
        return [path];
    }
}
