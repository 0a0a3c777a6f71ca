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
