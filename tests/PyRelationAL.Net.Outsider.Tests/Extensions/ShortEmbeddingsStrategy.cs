using PyRelationAL;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace Outsider.Extensions;

/// <summary>Has the embeddings of candidates learn to be short, and queries those that are long all the same.</summary>
internal sealed class ShortEmbeddingsStrategy : Strategy, ITrainingParticipant
{
    public override Requirements Requirements { get; } = new(TaskKinds.Any, Capabilities.Embeddings | Capabilities.TrainingHooks);

    public ITrainingHook CreateTrainingHook(LearningTask task) => new ShorteningHook();

    protected override Batch Select(QueryContext context, int count)
    {
        if (context.TrainingHook is not ShorteningHook { Steps: > 0 })
        {
            throw new InvalidOperationException("The model was trained without the hook.");
        }

        FeatureMatrix embeddings = context.PoolRows(FeatureSpace.Embeddings);
        return new([.. Enumerable.Range(0, embeddings.RowCount).OrderByDescending(i => ShorteningHook.SquaredLength(embeddings.Row(i))).Take(count)]);
    }
}
