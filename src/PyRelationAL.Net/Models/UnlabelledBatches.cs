using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>The part of an <see cref="IEmbeddingHook"/> in one training, with what it gives checked: what every model that honours it shares.</summary>
internal sealed class UnlabelledBatches
{
    private readonly IEmbeddingHook _hook;
    private readonly int[] _rows;

    private UnlabelledBatches(IEmbeddingHook hook, FeatureMatrix features, int count)
    {
        _hook = hook;
        Features = features;
        _rows = new int[count];
    }

    /// <summary>The features of all items that are drawn from.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>U.</summary>
    public int Count => _rows.Length;

    /// <summary>The rows of the items drawn last.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Tells a model's hook, where it is an <see cref="IEmbeddingHook"/>, the items of the next training.</summary>
    public static void Tell(IModelManager model, DatasetView? candidates)
    {
        if (model is ITrainingHooks { TrainingHook: IEmbeddingHook hook })
        {
            hook.Unlabelled = candidates;
        }
    }

    /// <summary>Begins the part of a hook in a training.</summary>
    /// <param name="hook">The hook; null for none.</param>
    /// <param name="labelled">What is trained on.</param>
    /// <param name="random">The training's stream.</param>
    /// <returns>Null where no unlabelled item goes along.</returns>
    public static UnlabelledBatches? Begin(ITrainingHook? hook, DatasetView labelled, RandomStream random)
    {
        if (hook is not IEmbeddingHook embedding)
        {
            return null;
        }

        int count = embedding.Begin(random.Child("embedding hook"));
        if (count < 0)
        {
            throw new InvalidOperationException(
                Guard.Text($"{hook.GetType().Name} wants {count} unlabelled items to go along with each batch; it must be at least 0."));
        }

        if (count == 0 || embedding.Unlabelled is not { Count: > 0 } unlabelled)
        {
            return null;
        }

        int width = unlabelled.Dataset.FeatureCount;
        return width == labelled.Dataset.FeatureCount
            ? new UnlabelledBatches(embedding, unlabelled.Features, count)
            : throw new InvalidOperationException(Guard.Text(
                $"The unlabelled items of {hook.GetType().Name} have {width} features; the model is trained on {labelled.Dataset.FeatureCount}."));
    }

    /// <summary>Draws the items of the next batch.</summary>
    public ReadOnlySpan<int> Draw()
    {
        _hook.DrawUnlabelled(_rows);
        foreach (int row in _rows)
        {
            if ((uint)row >= (uint)Features.RowCount)
            {
                throw new InvalidOperationException(
                    Guard.Text($"{_hook.GetType().Name} drew row {row} of its unlabelled items; it must lie in [0, {Features.RowCount - 1}]."));
            }
        }

        return _rows;
    }

    /// <summary>Asks for the loss on the batch that <see cref="Draw"/> began.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="labelledRows">The rows of the labelled items.</param>
    /// <param name="embeddings">The embeddings, labelled ones first [(B+U)×D].</param>
    /// <param name="gradient">Gets the gradient by the embeddings.</param>
    /// <exception cref="ModelTrainingException">An embedding, the loss or its gradient is no number.</exception>
    public void Evaluate(int epoch, ReadOnlySpan<int> labelledRows, ReadOnlySpan<float> embeddings, Span<float> gradient)
    {
        if (!TensorPrimitives.IsFiniteAll(embeddings))
        {
            throw new ModelTrainingException(Guard.Text(
                $"An embedding is no number in epoch {epoch}: the training diverged. Lower the learning rate, or look for extreme values among features."));
        }

        int width = embeddings.Length / (labelledRows.Length + Count), split = labelledRows.Length * width;
        gradient.Clear();
        var batch = new EmbeddingBatch
        {
            Epoch = epoch,
            LabelledRows = labelledRows,
            UnlabelledRows = _rows,
            Labelled = embeddings[..split],
            Unlabelled = embeddings[split..],
            Width = width,
        };
        double loss = _hook.EmbeddingLoss(in batch, gradient[..split], gradient[split..]);
        if (!double.IsFinite(loss) || !TensorPrimitives.IsFiniteAll<float>(gradient))
        {
            throw new ModelTrainingException(Guard.Text(
                $"The loss on embeddings of {_hook.GetType().Name} became {loss} in epoch {epoch}, or its gradient no number: it diverged. Lower its weight."));
        }
    }

    /// <summary>Tells the hook that the model is the best so far.</summary>
    public void OnBest() => _hook.OnBest();
}
