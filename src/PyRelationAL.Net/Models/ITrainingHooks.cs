namespace PyRelationAL.Models;

/// <summary>
/// A model trained in epochs that lets others watch its training, and train a small head of theirs jointly with it: what learning loss, training dynamics and
/// forgetting events need. Where the hook is an <see cref="IEmbeddingHook"/>, unlabelled items go along.
/// </summary>
public interface ITrainingHooks
{
    /// <summary>What takes part in the next training; null for nothing. <see cref="IModelManager.Reset"/> keeps it.</summary>
    ITrainingHook? TrainingHook { get; set; }

    /// <summary>The outputs [N×K] of the auxiliary head that was trained jointly.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The head's outputs.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained, or was trained without an auxiliary head.</exception>
    FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default);
}
