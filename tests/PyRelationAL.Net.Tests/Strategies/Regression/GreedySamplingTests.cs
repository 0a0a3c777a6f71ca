using System.Text.Json;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class GreedySamplingTests
{
    private static readonly FeatureMatrix Nothing = new(ReadOnlyMemory<float>.Empty, 0, 0);

    // EX-GS
    private static readonly FeatureMatrix Pool = FeatureMatrix.FromRows([[1], [2], [7]]);
    private static readonly FeatureMatrix Labelled = FeatureMatrix.FromRows([[0], [4]]);
    private static readonly double[] Values = [0, 4];
    private static readonly double[] Predictions = [3, 2, 4.5];

    [Test]
    public void I3_the_worked_example()
    {
        var score = new double[1];
        Assert.That(KCentreGreedyStrategy.Select(Pool, Labelled, 1, score), Is.EqualTo([2]));
        Assert.That(score[0], Is.EqualTo(3));
        Assert.That(OutputGreedySamplingStrategy.Select(Pool, Predictions, Labelled, Values, 1, score), Is.EqualTo([1]));
        Assert.That(score[0], Is.EqualTo(2));
        Assert.That(ImprovedGreedySamplingStrategy.Select(Pool, Predictions, Labelled, Values, 1, score), Is.EqualTo([1]));
        Assert.That(score[0], Is.EqualTo(4));
        Assert.That(KCentreGreedyStrategy.Select(Pool, Nothing, 1), Is.EqualTo([1]), "the centre of the pool");
        for (int i = 0; i < 3; i++)
        {
            FeatureMatrix one = Pool.Slice(i, 1);
            KCentreGreedyStrategy.Select(one, Labelled, 1, score);
            Assert.That(score[0], Is.EqualTo(new double[] { 1, 2, 3 }[i]));
            OutputGreedySamplingStrategy.Select(one, [Predictions[i]], Labelled, Values, 1, score);
            Assert.That(score[0], Is.EqualTo(new[] { 1, 2, 0.5 }[i]));
            ImprovedGreedySamplingStrategy.Select(one, [Predictions[i]], Labelled, Values, 1, score);
            Assert.That(score[0], Is.EqualTo(new[] { 3, 4, 1.5 }[i]));
        }
    }

    [Test]
    public void Within_a_batch_a_prediction_stands_for_the_label()
    {
        var scores = new double[3];
        // After 1 is taken, the candidates 0 and 2 are |3 − 2| = 1 and |4.5 − 4| = 0.5 from the nearest value, and 1 and 1.5 in the product.
        Assert.That(OutputGreedySamplingStrategy.Select(Pool, Predictions, Labelled, Values, 3, scores), Is.EqualTo([1, 0, 2]));
        Assert.That(scores, Is.EqualTo(new[] { 2, 1, 0.5 }));
        Assert.That(ImprovedGreedySamplingStrategy.Select(Pool, Predictions, Labelled, Values, 3, scores), Is.EqualTo([1, 2, 0]));
        Assert.That(scores, Is.EqualTo(new[] { 4, 1.5, 1 }));
    }

    [Test]
    public void Both_agree_with_a_plain_loop()
    {
        (FeatureMatrix rows, FeatureMatrix labelled) = Kernel.Rows();
        JsonElement golden = GoldenData.DesignSection("greedy");
        double[] predictions = golden.Numbers("predictions"), values = golden.Numbers("values"), scores = new double[7];
        JsonElement output = GoldenData.DesignSection("output_greedy"), improved = GoldenData.DesignSection("improved_greedy");
        Assert.That(OutputGreedySamplingStrategy.Select(rows, predictions, labelled, values, 7, scores), Is.EqualTo(output.Integers("batch")));
        Close.Check(scores, output.Numbers("scores"));
        Assert.That(ImprovedGreedySamplingStrategy.Select(rows, predictions, labelled, values, 7, scores), Is.EqualTo(improved.Integers("batch")));
        Close.Check(scores, improved.Numbers("scores"));
    }

    [Test]
    public void The_first_labels_are_chosen_by_their_inputs()
    {
        int[] byInputs = KCentreGreedyStrategy.Select(Pool, Nothing, 2);
        Assert.That(OutputGreedySamplingStrategy.Select(Pool, Predictions, Nothing, [], 2, inputsFirst: 2), Is.EqualTo(byInputs));
        Assert.That(ImprovedGreedySamplingStrategy.Select(Pool, Predictions, Labelled, Values, 1, inputsFirst: 3), Is.EqualTo([2]));
        Assert.That(ImprovedGreedySamplingStrategy.Select(Pool, Predictions, Labelled, Values, 1, inputsFirst: 2), Is.EqualTo([1]));
        // From nothing: the centre, then by the outputs, where 3 is 1 from 2 and 4.5 is 2.5 from it.
        Assert.That(OutputGreedySamplingStrategy.Select(Pool, Predictions, Nothing, [], 3), Is.EqualTo([1, 2, 0]));
    }

    [Test]
    public void Equal_predictions_and_duplicates_go_by_the_lowest_index()
    {
        double[] equal = [4, 4, 4];
        Assert.That(OutputGreedySamplingStrategy.Select(Pool, equal, Labelled, Values, 3), Is.EqualTo([0, 1, 2]));
        Assert.That(ImprovedGreedySamplingStrategy.Select(TestData.Duplicates(3), equal, TestData.Duplicates(1), [0], 3), Is.EqualTo([0, 1, 2]));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        void Refused(double[] predictions, double[] values, string what) => Assert.That(
            () => OutputGreedySamplingStrategy.Select(Pool, predictions, Labelled, values, 1), Throws.ArgumentException.With.Message.Contains(what));
        Refused([1, 2], Values, "predictions");
        Refused([1, double.NaN, 2], Values, "row 1");
        Refused(Predictions, [1], "labelled values");
        Assert.That(() => new ImprovedGreedySamplingStrategy(inputsFirst: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
