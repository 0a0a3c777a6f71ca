using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class LearningLossTests
{
    private static readonly ITrainingHook Hook = new LearningLossStrategy().CreateTrainingHook(LearningTask.Classification(3));

    [Test]
    public void The_worked_example()
    {
        // EX-LL; pair (1, 2) gets −1.6 / 2 by the prediction of the smaller loss.
        (double loss, float[] gradient) = Evaluate([0.5, 0.3, 0.9, 0.1], [0.2f, 1, 0.4f, 0.1f]);
        Close.Check(loss, 1.25, Close.SixDecimals);
        Assert.That(gradient, Is.EqualTo(new[] { -0.5f, 0.5f, -0.5f, 0.5f }));
        double[] pairs = [Evaluate([0.5, 0.1], [0.2f, 0.1f]).Loss, Evaluate([0.3, 0.9], [1, 0.4f]).Loss];
        Close.Check(pairs, [0.9, 1.6], Close.SixDecimals, "the losses of the two pairs");
    }

    [Test]
    public void The_gradient_is_that_of_the_loss()
    {
        double[] losses = [.. TestData.Rows(9, 1).Values.ToArray().Select(v => (double)v)];
        float[] outputs = TestData.Rows(9, 1, seed: 2).Values.ToArray();
        (_, float[] gradient) = Evaluate(losses, outputs);
        for (int i = 0; i < outputs.Length; i++)
        {
            float[] above = [.. outputs], below = [.. outputs];
            above[i] += 1f / 1024;
            below[i] -= 1f / 1024;
            Assert.That((Evaluate(losses, above).Loss - Evaluate(losses, below).Loss) * 512, Is.EqualTo(gradient[i]).Within(1e-4));
        }
    }

    [Test]
    public void A_batch_of_one_has_no_pair_and_no_loss()
    {
        // Public code divides by 0 pairs here, and trains on NaN.
        (double loss, float[] gradient) = Evaluate([0.7], [0.2f]);
        Assert.That(loss, Is.Zero);
        Assert.That(gradient, Is.EqualTo(new float[1]));
        Close.Check(Evaluate([0.5, 123, 0.1], [0.2f, 7, 0.1f]).Loss, Evaluate([0.5, 0.1], [0.2f, 0.1f]).Loss, what: "the middle of an odd batch takes no part");
    }

    [Test]
    public void Equal_losses_count_as_ascending_and_a_pair_far_enough_apart_is_learned()
    {
        (double loss, float[] gradient) = Evaluate([0.5, 0.5], [0, 0]);
        Close.Check(loss, 1);
        Assert.That(gradient, Is.EqualTo(new[] { 1f, -1f }));
        (loss, gradient) = Evaluate([0.9, 0.1], [2, 0.5f]);
        Assert.That(loss, Is.Zero);
        Assert.That(gradient, Is.EqualTo(new float[2]));
    }

    [Test]
    public void The_head_predicts_one_number_whatever_it_is_given()
    {
        ITrainingHook hook = new LearningLossStrategy(new AuxiliaryHead { OutputCount = 7, HiddenWidth = 5 }).CreateTrainingHook(LearningTask.Regression);
        Assert.That(hook.AuxiliaryHead, Is.EqualTo(new AuxiliaryHead { OutputCount = 1, HiddenWidth = 5 }));
        Assert.That(hook.NeedsEpochOutputs, Is.False);
        Assert.That(() => new LearningLossStrategy(margin: -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_head_of_another_strategy_is_refused()
    {
        FakeNetwork model = Rounds.Joined(new FakeNetwork(), new TiDALStrategy(), TestData.Classification(TestData.Rows(20), 3));
        Assert.That(
            () => new LearningLossStrategy().Suggest(Rounds.Over(TestData.Classification(TestData.Rows(20), 3), model), 2),
            Throws.InvalidOperationException.With.Message.Contains("LearningLoss").And.Message.Contains("3 outputs"));
    }

    private static (double Loss, float[] Gradient) Evaluate(double[] losses, float[] outputs)
    {
        var gradient = new float[outputs.Length];
        double loss = Hook.AuxiliaryLoss(
            new AuxiliaryBatch { Epoch = 0, Rows = TestData.Range(0, losses.Length), Losses = losses, Outputs = outputs, OutputCount = 1 }, gradient);
        return (loss, gradient);
    }
}
