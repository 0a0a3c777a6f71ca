using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// The loss l̂ that an auxiliary head predicts for an item. The head learns jointly with the network which of two items has the larger loss: its own loss is
/// the mean of max(0, −sgn(lᵢ − lⱼ) (l̂ᵢ − l̂ⱼ) + ξ) over the pairs (i, B − 1 − i) of a training batch.
/// </summary>
/// <remarks>
/// Yoo and Kweon, "Learning loss for active learning", CVPR 2019. For any loss that a training has for each item. A pair of equal losses counts as lᵢ &lt; lⱼ,
/// as in the source; the middle item of an odd batch has no partner and takes no part, and a batch of one has loss 0. Only the order of the predicted losses
/// means anything, so that they are to be normalised before they are combined. The strategy that is given this score must pass the training on to it:
/// <see cref="Strategies.CompositeStrategy"/> and <see cref="Strategies.MQNetStrategy"/> do. O(N) beside the predictions.
/// </remarks>
public sealed class PredictedLoss : IInformativenessFunction, ITrainingParticipant
{
    private readonly AuxiliaryHead _head;
    private readonly double _margin;

    /// <summary>Creates the score.</summary>
    /// <param name="head">The head, whose number of outputs is 1 whatever it says; by default 128 wide, of weight 1, stop-gradient after 60 % of the
    /// epochs.</param>
    /// <param name="margin">ξ, at least 0. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is below 0.</exception>
    public PredictedLoss(AuxiliaryHead? head = null, double margin = 1)
    {
        _head = (head ?? new AuxiliaryHead()) with { OutputCount = 1 };
        _margin = Guard.NonNegative(margin);
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; } = new(TaskKinds.Classification | TaskKinds.Regression, Capabilities.TrainingHooks);

    /// <inheritdoc/>
    public ITrainingHook CreateTrainingHook(LearningTask task) => new LossRankingHook(_head, _margin);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return [.. AuxiliaryOutputs.Of(context, 1, nameof(PredictedLoss)).Values];
    }
}
