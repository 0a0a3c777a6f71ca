using System.Net;
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
        string page = HtmlReport.Render([Fixtures.Result("A", 0, [0.4]), Fixtures.Result("B", 0, [double.NaN, double.PositiveInfinity])]);
        Assert.That(page, Does.Not.Contain("NaN").And.Not.Contain("∞"));
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
