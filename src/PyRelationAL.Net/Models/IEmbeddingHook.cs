using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// A training hook that has unlabelled items pass through the network along with each batch of labelled ones, and adds a loss on the embeddings of both: what
/// learning features that are alike for both needs.
/// </summary>
/// <remarks>
/// A model calls <see cref="Begin"/> when a training starts and, in each step, <see cref="DrawUnlabelled"/> and <see cref="EmbeddingLoss"/>, whose gradient
/// joins that of the model's own loss before the step. Both batches are one in the pass, also for batch normalisation; the model's own loss sees the labelled
/// rows only. A model that knows none of this trains as with any other hook.
/// </remarks>
public interface IEmbeddingHook : ITrainingHook
{
    /// <summary>
    /// The items to draw from, of as many features as the labelled ones; with null or none the training is as without this. A pipeline sets it to the
    /// candidates before each training.
    /// </summary>
    DatasetView? Unlabelled { get; set; }

    /// <summary>Called once when a training starts; what was learned in the one before is to be forgotten.</summary>
    /// <param name="random">A stream for this training and this hook alone.</param>
    /// <returns>How many unlabelled items go along with each batch, at least 0.</returns>
    int Begin(RandomStream random);

    /// <summary>Names the items for the next batch.</summary>
    /// <param name="rows">Gets rows of <see cref="Unlabelled"/>, as many as <see cref="Begin"/> said.</param>
    void DrawUnlabelled(Span<int> rows);

    /// <summary>The loss on a batch, and its gradient by the embeddings.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="labelledGradient">Gets B·D values, row-major; all 0 when called.</param>
    /// <param name="unlabelledGradient">Gets U·D values, row-major; all 0 when called.</param>
    /// <returns>The loss as it is added to the model's.</returns>
    double EmbeddingLoss(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient);

    /// <summary>
    /// Called after <see cref="ITrainingHook.OnEpoch"/> where the model is the best so far on validation items: it is this one that the training ends with,
    /// unless a better one follows.
    /// </summary>
    void OnBest();
}
