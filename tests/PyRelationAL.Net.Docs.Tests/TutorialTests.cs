using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace PyRelationAL.Tests;

[NonParallelizable]
internal sealed partial class TutorialTests
{
    private static IEnumerable<string> Projects =>
        Directory.EnumerateFiles(Repository.Absolute("tutorials"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    [TestCaseSource(nameof(Projects))]
    public void A_tutorial_prints_the_same_each_time_but_for_the_clock(string project)
    {
        string first = Run(project);

        Assert.That(first.Trim(), Is.Not.Empty);
        Assert.That(Seconds().Replace(Run(project), string.Empty), Is.EqualTo(Seconds().Replace(first, string.Empty)));
    }

    [Test]
    public void FirstLoop_beats_random_queries_and_comes_close_to_all_labels()
    {
        string output = Run("FirstLoop");
        double start = Number(output, "of the start"), random = Number(output, "at random");
        double active = Number(output, "least confidence  "), all = Number(output, "455 labels");

        Assert.Multiple(() =>
        {
            Assert.That(active, Is.GreaterThan(start + 0.15));
            Assert.That(active, Is.GreaterThan(random));
            Assert.That(active, Is.GreaterThan(all - 0.05));
        });
    }

    [TestCase("UncertainAndFar")]
    [TestCase("SampledGini")]
    [TestCase("UncertainOfEachClass")]
    public void OwnStrategy_learns_more_than_random_with_each_strategy_of_its_own(string strategy)
    {
        double[] random = Numbers(Run("OwnStrategy"), "RandomAcquisition"), own = Numbers(Run("OwnStrategy"), strategy);

        Assert.Multiple(() =>
        {
            Assert.That(own, Has.Length.EqualTo(3));
            Assert.That(own[0], Is.EqualTo(random[0]), "all strategies begin with the same labels");
            Assert.That(own[1], Is.GreaterThan(own[0]));
            Assert.That(own[2], Is.GreaterThan(random[2]));
        });
    }

    [Test]
    public void OwnModel_learns_and_is_refused_where_it_cannot_do_what_a_strategy_needs()
    {
        string output = Run("OwnModel");
        double[] change = Numbers(output, "Balanced accuracy went from");

        Assert.That(change[1], Is.GreaterThan(change[0]));
        Assert.That(output, Does.Contain("ClassificationBALD needs a capability that NearestMean lacks: PosteriorClassSamples"));
    }

    [Test]
    public void HumanOracle_stops_at_the_end_of_the_day_and_keeps_whole_rounds()
    {
        string output = Run("HumanOracle");
        double[] labels = Numbers(output, "Labels:"), seconds = Numbers(output, "Reading took"), accuracy = Numbers(output, "Accuracy on the test messages:");

        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("The run ended because: Cancelled"));
            Assert.That(labels[1], Is.Positive.And.Matches<double>(answered => answered % 5 == 0));
            Assert.That(labels[0] + labels[1] + labels[2], Is.EqualTo(300));
            Assert.That(seconds[0], Is.LessThanOrEqualTo(seconds[1]));
            Assert.That(accuracy[1], Is.GreaterThan(accuracy[0]));
        });
    }

    [Test]
    public void TorchEnsemble_learns_with_each_label_and_comes_close_to_all_of_them()
    {
        double[] errors = Numbers(Run("TorchEnsemble"), "Root mean squared error on the test items:");

        Assert.That(errors[1], Is.LessThan(errors[0]).And.LessThan(errors[2] * 1.1));
    }

    [TestCase("committee, at random")]
    [TestCase("committee, by disagreement")]
    [TestCase("forest, by margin")]
    public void MLCommittee_learns_in_each_way(string way)
    {
        double[] accuracy = Numbers(Run("MLCommittee"), way);

        Assert.That(accuracy, Has.Length.EqualTo(9));
        Assert.That(accuracy[^1], Is.GreaterThan(accuracy[0] + 0.2).And.GreaterThan(0.85));
    }

    [Test]
    public void PaperListings_ask_for_every_label_and_end_as_good_as_with_all()
    {
        string output = Run("PaperListings");
        double[] start = Numbers(output, "\n   25 "), end = Numbers(output, "\n  320 "), all = Numbers(output, "\n  all");

        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("Stopped because: PoolEmpty"));
            Assert.That(end[0], Is.LessThan(0.8 * start[0]));
            Assert.That(end[0], Is.EqualTo(all[0]).Within(10).Percent);
        });
    }

    [Test]
    public void MCDropoutBald_needs_fewer_labels_than_random()
    {
        string output = Run("MCDropoutBald");
        double[] start = Numbers(output, "\n      10 "), end = Numbers(output, "\n     210 "), needed = Numbers(output, "What ");

        Assert.Multiple(() =>
        {
            Assert.That(start[0], Is.EqualTo(start[1]), "both begin with the same labels");
            Assert.That(end[1], Is.GreaterThan(end[0] + 0.01));
            Assert.That(needed[1], Is.LessThan(0.85 * needed[0]));
        });
    }

    private static string Run(string project)
    {
        Assembly program = Assembly.Load(project);
        if (program.EntryPoint is null)
        {
            Assert.Ignore($"{project} is left out: the framework that it uses is not in the package cache.");
        }

        return SnippetProgram.Run(program);
    }

    private static double Number(string output, string after) => Numbers(output, after)[0];

    /// <summary>The numbers behind some words, up to the end of their line.</summary>
    private static double[] Numbers(string output, string after)
    {
        int start = output.LastIndexOf(after, StringComparison.Ordinal);
        Assert.That(start, Is.Not.Negative, $"'{after}' is not in:\n{output}");
        string line = output[(start + after.Length)..].Split('\n')[0];
        return [.. NumberPattern().Matches(line).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex NumberPattern();

    /// <summary>The last column of a summary, behind a metric with four decimals: wall-clock time.</summary>
    [GeneratedRegex(@"(?<=\.\d{4} +)\d+\.\d{3}(?=\n)")]
    private static partial Regex Seconds();
}
