namespace PyRelationAL.Models;

/// <summary>Takes part in the training of a model with <see cref="ITrainingHooks"/>. Called on the training thread.</summary>
public interface ITrainingHook
{
    /// <summary>The head to train jointly; null for none. Asked once when a training starts.</summary>
    AuxiliaryHead? AuxiliaryHead { get; }

    /// <summary>Whether <see cref="OnEpoch"/> wants the outputs for all labelled items, which costs a prediction of them after each epoch.</summary>
    bool NeedsEpochOutputs { get; }

    /// <summary>Called after each epoch.</summary>
    /// <param name="epoch">What is known then.</param>
    void OnEpoch(TrainingEpoch epoch);

    /// <summary>The auxiliary head's mean loss on a batch, and its gradient by the head's outputs. Called only where there is a head.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="gradient">Gets B·K values, row-major; all 0 when called.</param>
    /// <returns>The loss, before the head's <see cref="AuxiliaryHead.LossWeight"/>.</returns>
    double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient);
}
