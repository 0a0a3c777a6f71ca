using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>EPIG, CoreMSE and CoreLog, which all compare the labels of pairs.</summary>
public sealed class PredictiveGainTests
{
    private static readonly double[][] Worked = [[0.9, 0.9, 0.1, 0.1], [0.9, 0.9, 0.1, 0.1], [0.85, 0.15, 0.85, 0.15]];

    [Test]
    public void The_worked_example_of_EPIG()
    {
        var scores = new double[3];
        ExpectedPredictiveInformationGain.Compute(Binary(Worked), Binary([Worked[2]]), scores);
        Assert.That(scores, Is.EqualTo(new[] { 0, 0, 0.125385 }).Within(1e-6));
        Assert.That(Numerics.TopPositions.Of([.. scores.Select(s => Math.Round(s, 9))], 3), Is.EqualTo([2, 0, 1]), "BALD would ask for 0 first");
        ExpectedPredictiveInformationGain.Compute(Binary(Worked), Binary([Worked[0], Worked[2]]), scores);
        Assert.That(scores, Is.EqualTo(new[] { 0.110877, 0.110877, 0.062693 }).Within(1e-6));
    }

    [Test]
    public void The_worked_examples_of_BEMPS()
    {
        PosteriorClassSamples others = Binary([Worked[0], Worked[2]]);
        Assert.That(CoreMSEStrategy.Compute(Binary(Worked), others), Is.EqualTo(new[] { 0.2048, 0, 0.2048, 0, 0, 0.12005 }).Within(1e-6));
        Assert.That(CoreLogStrategy.Compute(Binary(Worked), others), Is.EqualTo(new[] { 0.221754, 0, 0.221754, 0, 0, 0.125385 }).Within(1e-6));
    }

    [Test]
    public void What_the_authors_code_of_BEMPS_adds_up_ranks_as_CoreMSE_does_and_has_a_divergence_the_other_way_round()
    {
        // EX-BEMPS: Σ over members of squared differences, S (dQ + variance at x′); and of p ln(p/q), S (KL(p̄ ‖ q) + BALD(x′)).
        PosteriorClassSamples candidates = Binary(Worked), others = Binary([Worked[0], Worked[2]]);
        double[] squared = Official(candidates, others, (p, q) => (p - q) * (p - q)), log = Official(candidates, others, (p, q) => p * Math.Log(p / q));
        Close.Check(squared, [2.0992, 0.98, 2.0992, 0.98, 1.28, 1.4602], Close.SixDecimals);
        Close.Check(log, [2.526167, 1.081752, 2.526167, 1.081752, 1.472257, 1.630889], Close.SixDecimals);
        Close.Check([.. squared.Chunk(2).Select(g => g.Sum())], [3.0792, 3.0792, 2.7402], Close.SixDecimals);
        Close.Check([.. log.Chunk(2).Select(g => g.Sum())], [3.607919, 3.607919, 3.103146], Close.SixDecimals);
        double[] own = CoreMSEStrategy.Compute(candidates, others);
        Close.Check([.. own.Chunk(2).Select(g => g.Sum())], [0.2048, 0.2048, 0.12005], Close.SixDecimals);
        Close.Check([.. CoreLogStrategy.Compute(candidates, others).Chunk(2).Select(g => g.Sum())], [0.221754, 0.221754, 0.125385], Close.SixDecimals);

        candidates = Random(5, 30, 3, 6);
        others = Random(5, 7, 3, 7);
        own = CoreMSEStrategy.Compute(candidates, others);
        squared = Official(candidates, others, (p, q) => (p - q) * (p - q));
        for (int at = 0; at < own.Length; at++)
        {
            double variance = Enumerable.Range(0, 3).Sum(y => Variance([.. Enumerable.Range(0, 5).Select(m => others.Row(m, at % 7)[y])]));
            Close.Check(squared[at], 5 * (own[at] + variance), 1e-11);
        }
    }

    [Test]
    public void EPIG_is_the_mean_information_of_pairs_written_out()
    {
        PosteriorClassSamples candidates = Random(6, 40, 3, 8), targets = Random(6, 11, 3, 9);
        var scores = new double[40];
        ExpectedPredictiveInformationGain.Compute(candidates, targets, scores);
        for (int i = 0; i < 40; i++)
        {
            double mean = Enumerable.Range(0, 11).Average(t =>
            {
                double Joint(int y, int z) => Enumerable.Range(0, 6).Average(m => candidates.Row(m, i)[y] * targets.Row(m, t)[z]);
                return Enumerable.Range(0, 9).Sum(k =>
                {
                    int y = k / 3, z = k % 3;
                    double j = Joint(y, z);
                    return j * Math.Log(j / (Enumerable.Range(0, 3).Sum(v => Joint(y, v)) * Enumerable.Range(0, 3).Sum(v => Joint(v, z))));
                });
            });
            Close.Check(scores[i], mean);
        }
    }

    [Test]
    public void CoreLog_averaged_over_the_others_is_EPIG()
    {
        PosteriorClassSamples candidates = Random(5, 70, 4, 1), others = Random(5, 9, 4, 2);
        var epig = new double[70];
        ExpectedPredictiveInformationGain.Compute(candidates, others, epig);
        double[] gains = CoreLogStrategy.Compute(candidates, others);
        Assert.That(Enumerable.Range(0, 70).Select(i => gains.Skip(i * 9).Take(9).Average()), Is.EqualTo(epig).Within(1e-12));
        Assert.That(epig, Is.All.InRange(-1e-12, Math.Log(4)));
    }

    [Test]
    public void A_label_tells_about_itself_what_BALD_bounds()
    {
        PosteriorClassSamples samples = Random(6, 1, 3, 3);
        double[] bald = new double[1], epig = new double[1];
        ClassificationBald.Compute(samples.Values, 6, 3, bald);
        ExpectedPredictiveInformationGain.Compute(samples, samples, epig);
        Assert.That(epig[0], Is.Positive.And.LessThan(bald[0]), "information about a label passes through the parameters");
    }

    [Test]
    public void What_two_labels_tell_about_each_other_is_mutual_and_no_more_than_either_tells_about_the_parameters([Range(1, 5)] int seed)
    {
        PosteriorClassSamples samples = Random(6, 12, 3, seed);
        var bald = new double[12];
        ClassificationBald.Compute(samples.Values, 6, 3, bald);
        double[] pairs = CoreLogStrategy.Compute(samples, samples);
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j < 12; j++)
            {
                Assert.That(pairs[(12 * i) + j], Is.EqualTo(pairs[(12 * j) + i]).Within(1e-12));
                Assert.That(pairs[(12 * i) + j], Is.InRange(-1e-12, Math.Min(bald[i], bald[j]) + 1e-12));
            }
        }
    }

    [Test]
    public void Samples_that_agree_gain_nothing()
    {
        PosteriorClassSamples same = Binary([[0.3, 0.3], [1, 1], [0, 0]]);
        var scores = new double[3];
        ExpectedPredictiveInformationGain.Compute(same, same, scores);
        Assert.That(scores, Is.EqualTo(new double[3]).Within(1e-12));
        Assert.That(CoreMSEStrategy.Compute(same, same), Is.EqualTo(new double[9]).Within(1e-12));
        Assert.That(CoreLogStrategy.Compute(same, same), Is.EqualTo(new double[9]).Within(1e-12));
    }

    [Test]
    public void Targets_may_be_given_and_need_consistent_samples()
    {
        Datasets.InMemoryDataset data = TestData.Classification(TestData.Rows(40), 3);
        var score = new ExpectedPredictiveInformationGain(new DatasetView(data, new[] { 30, 31 }));
        Assert.That(Rounds.Over(data, new FakeCommittee()).Score(score), Has.Length.EqualTo(36));
        Assert.That(
            () => score.Requirements.Verify("EPIG", data.Task, new FakeCommittee(consistent: false)),
            Throws.TypeOf<Models.CapabilityMissingException>().With.Message.Contains("ConsistentSamples"));
    }

    private static double Variance(double[] values) => values.Average(v => v * v) - Math.Pow(values.Average(), 2);

    /// <summary>Σ_y p̄(y|x) Σ_m Σ_z f(Q[m,x′,z], q(z)) with q the predictions at x′ once x is known to be y.</summary>
    private static double[] Official(PosteriorClassSamples candidates, PosteriorClassSamples others, Func<double, double, double> f)
    {
        int s = candidates.SampleCount, c = candidates.ClassCount;
        return [.. from x in Enumerable.Range(0, candidates.RowCount)
                   from other in Enumerable.Range(0, others.RowCount)
                   select Enumerable.Range(0, c).Sum(y =>
                   {
                       double sum = Enumerable.Range(0, s).Sum(m => candidates.Row(m, x)[y]);
                       double[] q = [.. Enumerable.Range(0, c).Select(z =>
                           Enumerable.Range(0, s).Sum(m => candidates.Row(m, x)[y] / sum * others.Row(m, other)[z]))];
                       return sum / s * Enumerable.Range(0, s).Sum(m => Enumerable.Range(0, c).Sum(z => f(others.Row(m, other)[z], q[z])));
                   })];
    }

    private static PosteriorClassSamples Binary(double[][] second) => new(
        [.. Enumerable.Range(0, second[0].Length).SelectMany(m => second.SelectMany(row => new[] { 1 - row[m], row[m] }))], second[0].Length, 2);

    private static PosteriorClassSamples Random(int samples, int rows, int classes, long seed)
    {
        var random = new Numerics.RandomStream(seed);
        var values = new double[samples * rows * classes];
        for (int i = 0; i < values.Length; i += classes)
        {
            double[] e = [.. Enumerable.Range(0, classes).Select(_ => Math.Exp(2 * random.NextGaussian()))];
            for (int c = 0; c < classes; c++)
            {
                values[i + c] = e[c] / e.Sum();
            }
        }

        return new PosteriorClassSamples(values, samples, classes);
    }
}
