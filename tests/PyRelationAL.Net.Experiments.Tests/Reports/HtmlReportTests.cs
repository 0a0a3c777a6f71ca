using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly double[] Curve = [0.5, 0.6, 0.8];

    [Test]
    public void ThePageNeedsNothingFromOutside()
    {
        string page = Page();
        Assert.That(page, Does.Not.Contain("http:").And.Not.Contain("https:").And.Not.Contain("@import").And.Not.Contain("<link").And.Not.Contain(" src="));
        Assert.That(Regex.Matches(page, @"url\(([^)]*)\)").Select(match => match.Groups[1].Value), Is.All.StartsWith("#"));
    }

    [Test]
    public void ThePageIsWellFormed()
    {
        string page = Page();
        string body = page[page.IndexOf("<body>", StringComparison.Ordinal)..(page.IndexOf("</body>", StringComparison.Ordinal) + "</body>".Length)];
        XElement root = XElement.Parse(body);
        Assert.That(root.Descendants("figure").Count(), Is.EqualTo(1));
        Assert.That(root.Descendants("polyline").Count(), Is.EqualTo(2));
        Assert.That(root.Descendants("polygon").Count(), Is.EqualTo(2));
        Assert.That(root.Descendants("figure").Descendants("li").Select(li => li.Value), Is.EqualTo(new[] { "Good", "RandomAcquisition" }));
    }

    [Test]
    public void NothingFromTheResultsIsMarkup()
    {
        const string attack = "<img src=x onerror=\"alert(1)\">&'";
        string page = HtmlReport.Render(
            [Fixtures.Result(attack, 0, Curve, dataset: attack), Fixtures.Failure(attack, 1, attack)],
            new ExperimentManifest { PlannedRuns = 9, Threads = 1, Command = attack, Skipped = [attack] },
            warnings: [attack]);
        Assert.That(page, Does.Not.Contain("<img").And.Not.Contain("onerror=\""));
        Assert.That(page, Does.Contain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;"));
    }

    [Test]
    public void TheBestIsMarked()
    {
        // (0.5/2 + 0.605 + 0.8/2) / 3; the middle score is 0.02 higher in each fold, a third of which is the deviation.
        string[] best = [.. Regex.Matches(Page(), "<td class=\"best\">([^<]*)</td>").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
        Assert.That(best, Is.EqualTo(new[] { "0.4183 ± 0.0067" }));
    }

    [Test]
    public void StrategiesDifferInDashesAndMarkersToo()
    {
        string page = Page();
        string[] dashes = [.. Regex.Matches(page, "<polyline class=\"line\" stroke-dasharray=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.That(dashes.Distinct().Count(), Is.EqualTo(2));
        Assert.That(page, Does.Contain("<circle class=\"marker\"").And.Contain("<path class=\"marker open\""));
    }

    [Test]
    public void FailuresMissingRunsAndTheCommandAreTold()
    {
        string page = HtmlReport.Render(
            [Fixtures.Result("Good", 0, Curve), Fixtures.Failure("Bad", 3, "singular matrix")],
            new ExperimentManifest { PlannedRuns = 7, Threads = 2, Command = "pyrelational bench --seed 1" });
        Assert.That(page, Does.Contain("2 of 7 runs were finished"));
        Assert.That(page, Does.Contain("1 run failed and is part of no average"));
        Assert.That(page, Does.Contain("Toy/cold/Bad, fold 4 of 5, seed 0").And.Contain("System.InvalidOperationException: singular matrix"));
        Assert.That(page, Does.Contain("<span>--seed</span> <span>1</span>"));
    }

    [Test]
    public void NothingButFailuresIsAReportToo() =>
        Assert.That(HtmlReport.Render([Fixtures.Failure("Bad", 0, "no")]), Does.Contain("<h2>Failures</h2>").And.Not.Contain("<figure"));

    [Test]
    public void ARunWithOneRoundAndValuesThatAreNoNumbersStillGiveAPage()
    {
        string page = HtmlReport.Render([Fixtures.Result("A", 0, [0.4]), Fixtures.Result("B", 0, [double.NaN, double.PositiveInfinity])]).Split("</script>")[1];
        Assert.That(page, Does.Not.Contain("NaN").And.Not.Contain("∞"));
    }

    [Test]
    public void TheSectionsComeInOrder()
    {
        string[] headings = [.. Regex.Matches(Report(Ranked(10)), "<h2>([^<]*)</h2>").Select(match => match.Groups[1].Value)];
        Assert.That(headings, Is.EqualTo(new[]
        {
            "Learning curves", "Area under the learning curve (IPAUC)", "From start to end", "Ranks", "Wins, ties and losses", "What was labelled when",
            "Time by phase", "Settings and versions",
        }));
    }

    [Test]
    public void RanksAreDrawnFromTenBlocksOn()
    {
        Assert.That(Report(Ranked(9)), Does.Not.Contain("class=\"ranks\"").And.Contain("with fewer than 10 blocks the test says little: Toy, cold start (9)."));
        string page = Report(Ranked(10));
        Assert.That(page, Does.Not.Contain("Not drawn"));

        // CD = 2.343 √(3 · 4 / (6 · 10)), Demšar's q for k = 3; A is always the best, and B before C in eight blocks of ten.
        Assert.That(page, Does.Contain("Critical difference 1.05. Mean ranks: A 1.00, B 2.20, C 2.80. Not told apart: B to C."));
    }

    [Test]
    public void SettingsOfDifferentMetricsAreRankedTogether()
    {
        RunResult[] runs =
        [
            .. Enumerable.Range(0, 10).SelectMany(i => new[]
            {
                Fixtures.Result("A", 0, Curve, i % 2 == 0 ? "accuracy" : "mse", dataset: FormattableString.Invariant($"Data {i}")),
                Fixtures.Result("B", 0, i % 2 == 0 ? [0.4, 0.5, 0.7] : [0.6, 0.7, 0.9], i % 2 == 0 ? "accuracy" : "mse", dataset: FormattableString.Invariant($"Data {i}")),
            }),
        ];
        Assert.That(Report(runs), Does.Contain("Mean ranks: A 1.00, B 2.00").And.Contain("10 settings together").And.Contain(">10–0–0<").And.Contain(">0–0–10<"));
    }

    [Test]
    public void WinsAreCounted()
    {
        string page = Report(Ranked(10));
        Assert.That(page, Does.Contain("title=\"A against C\" data-sort=\"10\">10–0–0</td>"));
        Assert.That(page, Does.Contain("title=\"B against C\" data-sort=\"6\">8–0–2</td>"));
        Assert.That(page, Does.Contain("title=\"C against B\" data-sort=\"-6\">2–0–8</td>"));
    }

    [Test]
    public void TheClassesOfTheQueriesAreDrawn()
    {
        string page = Report([Fixtures.Result("A", 0, [0.1, 0.2, 0.3]) with { QueriedClasses = [[0, 2], [2, -1]] }]);
        Assert.That(page, Does.Contain("aria-label=\"Of all queried: none of the classes 25 %, class 0 25 %, class 2 50 %.\""));

        // Two columns of 120 × 96: what is of no class is the lower half of the second one, class 2 the upper half of both.
        Assert.That(page, Does.Contain("d=\"M120 96v-48h120V96Z\"").And.Contain("d=\"M0 96v-48h120V96Z\"").And.Contain("d=\"M0 48v-48h120V48ZM120 48v-48h120V48Z\""));
    }

    [Test]
    public void ManyClassesShareTheLastFill()
    {
        string page = Report([Fixtures.Result("A", 0, [0.1, 0.2]) with { QueriedClasses = [[.. Enumerable.Range(0, 14).Concat(Enumerable.Range(0, 9))]] }]);
        Assert.That(page, Does.Contain("5 other classes 22 %").And.Contain("class 8 9 %").And.Not.Contain("class 9 "));
        Assert.That(Regex.Matches(page, "<pattern id=").Count, Is.EqualTo(10));
        Assert.That(Regex.Matches(page, "<pattern .*?</pattern>").Select(match => Regex.Match(match.Value, " d=\"[^\"]*\"").Value), Is.Unique, "told apart without colour");
    }

    [Test]
    public void ThePhasesAreOfTheTotal() =>
        Assert.That(Report([Fixtures.Result("A", 0, Curve)]), Does.Contain("</svg> 1.5 s</td>\n<td>0 ms</td><td>1.0 s</td><td>200 ms</td><td>200 ms</td><td>0 ms</td><td>100 ms</td>"));

    [Test]
    public void ThePolicyIsOfTheStyleAndTheScriptAsTheyAre()
    {
        string page = Page();
        foreach ((string tag, string directive) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            string text = Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;
            string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.That(page, Does.Contain($"{directive} 'sha256-{hash}'"));
        }

        Assert.That(page, Does.Not.Contain("eval(").And.Not.Contain(" style=").And.Not.Contain("onclick"));
    }

    [Test]
    public void ColoursCanBeReadOnTheirGround()
    {
        string style = Regex.Match(Page(), "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        string[] themes = [.. Regex.Matches(style, @":root \{(.*?)\}", RegexOptions.Singleline).Select(match => match.Value)];
        Assert.That(themes, Has.Length.EqualTo(3), "light, dark and print");
        foreach (string theme in themes)
        {
            var colours = Regex.Matches(theme, "--([a-z0-9]+): #([0-9a-f]{6})")
                .ToDictionary(match => match.Groups[1].Value, match => Luminance(match.Groups[2].Value));
            double Contrast(string first, string second)
            {
                double[] two = [colours[first], colours[second]];
                return (two.Max() + 0.05) / (two.Min() + 0.05);
            }

            foreach (string ground in new[] { "page", "panel", "best" })
            {
                Assert.That(Contrast("ink", ground), Is.GreaterThanOrEqualTo(4.5), ground);
                Assert.That(Contrast("soft", ground), Is.GreaterThanOrEqualTo(4.5), ground);
            }

            foreach (string drawn in colours.Keys.Where(name => Regex.IsMatch(name, @"^(c\d|baseline|shade[1-4])$")))
            {
                Assert.That(Contrast(drawn, "page"), Is.GreaterThanOrEqualTo(3), drawn);
            }

            double[] shades = [.. Enumerable.Range(0, 5).Select(i => colours[FormattableString.Invariant($"shade{i}")])];
            Assert.That(shades, shades[0] < shades[4] ? Is.Ordered.Ascending : Is.Ordered.Descending, "early and late differ without colour");
        }
    }

    [Test]
    public void TwentyStrategiesOnFiveDatasetsStaySmall()
    {
        (RunResult[] runs, QueryProjection[] projections) = LargeReport.Contents();
        var clock = Stopwatch.StartNew();
        string page = HtmlReport.Render(runs, null, null, [], projections);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{Encoding.UTF8.GetByteCount(page)} bytes in {clock.ElapsedMilliseconds} ms"));
        Assert.That(Encoding.UTF8.GetByteCount(page), Is.LessThan(3_000_000));
        Assert.That(Regex.Match(page, "<polyline [^>]* points=\"([^\"]*)\"").Groups[1].Value.Trim().Split(' '), Has.Length.EqualTo(200));
    }

    private static string Report(RunResult[] runs) => HtmlReport.Render([.. runs.Select((run, i) => run with { Index = i, QueriedClasses = run.QueriedClasses ?? [[0], [1]] })]);

    /// <summary>Three strategies on one dataset: A is the best, B is better than C but in every fifth block.</summary>
    private static RunResult[] Ranked(int blocks) =>
    [
        .. Enumerable.Range(0, blocks).SelectMany(i => new[]
        {
            Fixtures.Result("A", i % 5, [0.5, 0.7, 0.9], seed: i / 5),
            Fixtures.Result("B", i % 5, i % 5 == 4 ? [0.5, 0.5, 0.5] : Curve, seed: i / 5),
            Fixtures.Result("C", i % 5, [0.5, 0.55, 0.6], seed: i / 5),
        }),
    ];

    /// <summary>Relative luminance, as the Web Content Accessibility Guidelines define it.</summary>
    private static double Luminance(string colour)
    {
        double[] weights = [0.2126, 0.7152, 0.0722];
        return Enumerable.Range(0, 3).Sum(i =>
        {
            double value = int.Parse(colour.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return weights[i] * (value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
        });
    }

    private static string Page() => HtmlReport.Render(
    [
        .. Enumerable.Range(0, 3).SelectMany(fold => new[]
        {
            Fixtures.Result("Good", fold, [0.5, 0.6 + (0.02 * fold) - 0.02 + 0.005, 0.8]),
            Fixtures.Result("RandomAcquisition", fold, [0.5, 0.55, 0.6]),
        }),
    ]);
}
