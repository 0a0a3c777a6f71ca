using System.Globalization;
using System.Text.Json.Nodes;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Reports;

/// <summary>A report as a reader has it: in a browser, with a mouse, from the keyboard, on a phone, on paper. Skipped where there is no Chromium.</summary>
/// <remarks>Screenshots and the print are kept where the variable <c>PYRELATIONAL_SCREENSHOTS</c> names a folder.</remarks>
public sealed class ReportInBrowserTests
{
    private const string FirstCurves = "document.querySelector('svg.curves')";

    /// <summary>What margins of a centimetre leave of a sheet.</summary>
    private const int A4Width = 717;

    private string _folder = string.Empty;
    private HeadlessBrowser _browser = null!;
    private StoredResults _stored = null!;

    private string ReportFile => Path.Combine(_folder, "report.html");

    [OneTimeSetUp]
    public async Task OpenTheReport()
    {
        if (HeadlessBrowser.Find() is not { } path)
        {
            Assert.Ignore("There is no Chromium or Chrome on the path; PYRELATIONAL_BROWSER may name one.");
            return;
        }

        _folder = Fixtures.TemporaryFolder();
        PreparedExperiment experiment = (Fixtures.Plan with
        {
            Datasets = [Iris.Source, WineCultivars.Source],
            Strategies = [Fixtures.Margin, StrategyCatalogue.Find("Entropy"), StrategyCatalogue.Find("Coreset"), Fixtures.Random],
            Seeds = [1, 2, 3, 4],
            Rounds = 12,
        }).Prepare();
        var folder = new ExperimentFolder(_folder);
        using (ResultWriter writer = folder.Begin(new ExperimentManifest { PlannedRuns = experiment.Runs.Count, Threads = 2, Command = "pyrelational bench --seeds 4" }))
        {
            ExperimentRunner.Run(experiment, new ExperimentOptions { RunFinished = writer.Append });
        }

        _stored = HtmlReport.Write(folder, experiment: experiment);
        _browser = await HeadlessBrowser.Start(path, Path.Combine(_folder, "profile"));
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [SetUp]
    public async Task ReadItAnew()
    {
        await _browser.SetMedia("light");
        await _browser.SetSize(1200, 900);
        await _browser.Open(ReportFile);
    }

    [Test]
    public async Task NothingIsRefusedAndNothingFails()
    {
        Assert.That(_browser.Complaints, Is.Empty);
        Assert.That((int)(await _browser.Evaluate("performance.getEntriesByType('resource').length"))!, Is.Zero);
    }

    [Test]
    public async Task ANameInALegendHidesItsCurveInAllCharts()
    {
        string name = (string)(await _browser.Evaluate("document.querySelector('.legend [data-series]').dataset.series"))!;
        string visible = $"[...document.querySelectorAll('svg.curves g[data-series=\"{name}\"], svg.curves polygon[data-series=\"{name}\"]')].map(g => getComputedStyle(g).display)";
        await _browser.Click(".legend button");
        Assert.That(Strings(await _browser.Evaluate(visible)), Is.EqualTo(new[] { "none", "none", "none", "none" }));
        Assert.That(Strings(await _browser.Evaluate("[...document.querySelectorAll('.legend button')].map(b => b.getAttribute('aria-pressed'))")).Count(p => p == "false"), Is.EqualTo(2));
        await _browser.Press("Enter", 13);
        Assert.That(Strings(await _browser.Evaluate(visible)), Has.None.EqualTo("none"), "the button has the focus, so that Enter shows it again");
        await _browser.Click(".legend button", shift: true);
        Assert.That(
            Strings(await _browser.Evaluate("[...document.querySelectorAll('svg.curves')].map(s => String([...s.querySelectorAll('g[data-series]')].filter(g => getComputedStyle(g).display !== 'none').length))")),
            Is.EqualTo(new[] { "1", "1" }));
    }

    [Test]
    public async Task TheNearestPointIsTold()
    {
        JsonNode place = (await _browser.Evaluate(
            $"(s => {{ s.scrollIntoView(); const p = s.querySelector('polyline').points[5]; const q = new DOMPoint(p.x, p.y).matrixTransform(s.getScreenCTM()); return [q.x, q.y]; }})({FirstCurves})"))!;
        await _browser.Move((double)place[0]! + 1, (double)place[1]! + 1);
        SettingSummary setting = ExperimentSummary.Of(_stored.Runs)[0];
        string[] told = [.. setting.Strategies.Select(strategy => Told(strategy, 5))];
        string tip = (await _browser.Texts(".tip:not([hidden])")).Single();
        Assert.That(told, Has.Member(tip));
        Keep("tip.png", await _browser.Screenshot());
        await _browser.Move(1, 1);
        Assert.That(await _browser.Texts(".tip:not([hidden])"), Is.Empty);
    }

    [Test]
    public async Task TheArrowKeysGoAlongTheCurves()
    {
        await _browser.Evaluate($"{FirstCurves}.focus()");
        SettingSummary setting = ExperimentSummary.Of(_stored.Runs)[0];
        await _browser.Press("ArrowRight", 39);
        Assert.That((await _browser.Texts(".tip:not([hidden])")).Single(), Is.EqualTo(Told(setting.Strategies[0], 0)));
        await _browser.Press("ArrowRight", 39);
        await _browser.Press("ArrowDown", 40);
        Assert.That((await _browser.Texts(".tip:not([hidden])")).Single(), Is.EqualTo(Told(setting.Strategies[1], 1)));
    }

    [Test]
    public async Task ClicksSortATableAndTheThirdOneRestoresIt()
    {
        const string cells = "table.sortable tbody tr > :nth-child(2)";
        const string head = "table.sortable th:nth-child(2)";
        string[] before = await FirstTable(cells);
        await _browser.Click(head + " button");
        double[] ascending = [.. (await FirstTable(cells)).Select(Number)];
        Assert.That(ascending, Is.EqualTo(before.Select(Number).Order()));
        Assert.That((string?)await _browser.Evaluate($"document.querySelector('{head}').getAttribute('aria-sort')"), Is.EqualTo("ascending"));
        await _browser.Press("Enter", 13);
        Assert.That((await FirstTable(cells)).Select(Number), Is.EqualTo(ascending.Reverse()));
        await _browser.Press("Enter", 13);
        Assert.That(await FirstTable(cells), Is.EqualTo(before));
    }

    [Test]
    public async Task TimesAreSortedByTheirLength()
    {
        const string texts = "[...document.querySelector('[aria-label=\"Time by phase\"] tbody').rows].map(r => r.cells[3].textContent)";
        await _browser.Click("[aria-label=\"Time by phase\"] th:nth-child(4) button");
        double[] seconds = [.. Strings(await _browser.Evaluate(texts)).Select(Seconds)];
        Assert.That(seconds, Is.Ordered);
        Assert.That(seconds, Has.Length.EqualTo(8));
    }

    [TestCase(1200)]
    [TestCase(768)]
    [TestCase(400)]
    [TestCase(320)]
    public async Task ThePageIsNotWiderThanTheScreen(int width)
    {
        foreach (string scheme in new[] { "light", "dark" })
        {
            await _browser.SetMedia(scheme);
            await _browser.SetSize(width, 900);
            Assert.That((int)(await _browser.Evaluate("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(width));
            Keep(FormattableString.Invariant($"{width}-{scheme}.png"), await _browser.Screenshot());
        }
    }

    [Test]
    public async Task ALargeReportIsUsable()
    {
        (RunResult[] runs, QueryProjection[] projections) = LargeReport.Contents();
        string file = Path.Combine(_folder, "large.html");
        await File.WriteAllTextAsync(file, HtmlReport.Render(runs, null, null, [], projections));
        await _browser.SetSize(400, 900);
        await _browser.Open(file);
        double loaded = (double)(await _browser.Evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))!;
        TestContext.Out.WriteLine(FormattableString.Invariant($"loaded after {loaded} ms"));
        Assert.That(loaded, Is.LessThan(20_000), "seconds even on a busy machine");
        Assert.That((int)(await _browser.Evaluate("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(400));
        Assert.That((int)(await _browser.Evaluate("document.querySelectorAll('svg.curves g[data-series]').length"))!, Is.EqualTo(100));
        Keep("large-400.png", await _browser.Screenshot());
        await _browser.SetSize(1200, 900);
        Keep("large-1200.png", await _browser.Screenshot());
        Keep("large.pdf", await _browser.Print());
        await _browser.SetMedia("light", "print");
        await _browser.SetSize(A4Width, 1000);
        Assert.That((int)(await _browser.Evaluate("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(A4Width), "paper cannot be scrolled");
    }

    [Test]
    public async Task OnPaperItIsLightAndWithoutControls()
    {
        await _browser.SetMedia("dark", "print");
        Assert.That((string?)await _browser.Evaluate("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
        Assert.That((string?)await _browser.Evaluate("getComputedStyle(document.querySelector('.hint')).display"), Is.EqualTo("none"));
        Assert.That((string?)await _browser.Evaluate("getComputedStyle(document.querySelector('th button'), '::after').content"), Is.EqualTo("none"));
        byte[] print = await _browser.Print();
        Assert.That(print.AsSpan(0, 4).ToArray(), Is.EqualTo("%PDF"u8.ToArray()));
        Keep("print.pdf", print);
    }

    [Test]
    public async Task WithoutScriptsNothingIsMissing()
    {
        const string words = "document.body.innerText.replaceAll(/\\s+/g, ' ')";
        const string hint = "document.querySelector('.hint').remove()";
        await _browser.Evaluate(hint);
        string with = (string)(await _browser.Evaluate(words))!;
        await _browser.AllowScripts(false);
        try
        {
            await _browser.Open(ReportFile);
            Assert.That((string)(await _browser.Evaluate(words))!, Is.EqualTo(with));
            Assert.That((int)(await _browser.Evaluate("document.querySelectorAll('button').length"))!, Is.Zero, "no control that does nothing");
        }
        finally
        {
            await _browser.AllowScripts(true);
        }
    }

    private static string Told(StrategySummary strategy, int round)
    {
        (double labelled, SampleStatistics s) = (strategy.Curve[round].Labelled, strategy.Curve[round].Score);
        return $"{strategy.Strategy}: {NumberText.Of(s.Mean)} at {NumberText.Count(labelled)} labelled, " +
            $"95 % interval {NumberText.Of(s.Mean - s.HalfWidth)} to {NumberText.Of(s.Mean + s.HalfWidth)}, 12 runs";
    }

    private static string[] Strings(JsonNode? list) => [.. list!.AsArray().Select(item => (string)item!)];

    private static double Number(string text) => double.Parse(text.Replace("≈", string.Empty).Split('±')[0], CultureInfo.InvariantCulture);

    private static double Seconds(string text)
    {
        string[] parts = text.Split(' ');
        return double.Parse(parts[0], CultureInfo.InvariantCulture) * (parts[1] == "ms" ? 0.001 : 1);
    }

    private static void Keep(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("PYRELATIONAL_SCREENSHOTS") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, name), bytes);
        }
    }

    private async Task<string[]> FirstTable(string selector) => Strings(await _browser.Evaluate(
        $"(t => [...t.querySelectorAll('{selector.Replace("table.sortable ", string.Empty)}')].map(c => c.textContent))(document.querySelector('table.sortable'))"));
}
