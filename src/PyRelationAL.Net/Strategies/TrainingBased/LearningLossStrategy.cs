using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries the items of the largest predicted loss l̂. An auxiliary head on the network's hidden layers learns jointly with it which of two items has the
/// larger loss: its own loss is the mean of max(0, −sgn(lᵢ − lⱼ) (l̂ᵢ − l̂ⱼ) + ξ) over the pairs (i, B − 1 − i) of a training batch.
/// </summary>
/// <remarks>
/// <para>
/// Yoo and Kweon, "Learning loss for active learning", CVPR 2019. For any loss that a training has for each item. A pair of equal losses counts as lᵢ &lt;
/// lⱼ, as in the source; the middle item of an odd batch has no partner and takes no part, and a batch of one has loss 0. Only the order of the predicted
/// losses means anything.
/// </para>
/// <para>
/// The source draws 10,000 random candidates first, for variety: give <c>Selection.RandomSubPool(Selection.TopK, 10_000)</c> for that. Scores are l̂. O(N)
/// beside the predictions.
/// </para>
/// </remarks>
/// <param name="head">
/// The head, whose number of outputs is 1 whatever it says; by default 128 wide, of weight 1, stop-gradient after 60 % of the epochs.
/// </param>
/// <param name="margin">ξ, at least 0. Default: 1.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The margin is below 0.</exception>
public sealed class LearningLossStrategy(AuxiliaryHead? head = null, double margin = 1, ISelectionCriterion? selection = null)
    : CompositeStrategy(new PredictedLoss(head, margin), selection);
