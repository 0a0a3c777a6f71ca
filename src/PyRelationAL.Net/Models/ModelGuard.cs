using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>The checks that all models share.</summary>
internal static class ModelGuard
{
    /// <summary>Refuses training data that no model of this kind can learn from.</summary>
    public static void Trainable(object model, DatasetView labelled, RandomStream random, TaskKinds task)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentNullException.ThrowIfNull(random);
        if (labelled.Task.Kind != task)
        {
            throw new ArgumentException(
                $"{model.GetType().Name} is a model for {task}; dataset '{labelled.Dataset.Name}' is for {labelled.Task}.", nameof(labelled));
        }

        if (labelled.Count == 0)
        {
            throw new ArgumentException($"{model.GetType().Name} needs at least one labelled item to train on.", nameof(labelled));
        }
    }

    /// <summary>Gives what training made, or says that there is none.</summary>
    public static T Trained<T>(object model, T? fit)
        where T : class =>
        fit ?? throw new InvalidOperationException($"{model.GetType().Name} is not trained: call {nameof(IModelManager.Train)} first.");

    /// <summary>Refuses items with another number of features than the model was trained on.</summary>
    public static void Predictable(object model, DatasetView items, int featureCount)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Dataset.FeatureCount != featureCount)
        {
            string trained = Guard.Text($"{model.GetType().Name} was trained on {featureCount} features");
            string given = Guard.Text($"the items of dataset '{items.Dataset.Name}' have {items.Dataset.FeatureCount}");
            throw new ArgumentException($"{trained}; {given}.", nameof(items));
        }
    }
}
