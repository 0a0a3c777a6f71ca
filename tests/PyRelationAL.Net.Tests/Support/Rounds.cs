using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>Query contexts for tests. The labelled items come first in the dataset, so that a pool position is never its dataset index.</summary>
internal static class Rounds
{
    public const int LabelledCount = 4;

    /// <summary>A round over all rows but the first <paramref name="labelled"/>, which are labelled.</summary>
    public static QueryContext Over(
        IDataset dataset, object? model, int labelled = LabelledCount, long seed = 1, int threads = -1, CancellationToken cancellationToken = default) =>
        new(
            new DatasetView(dataset, TestData.Range(labelled, dataset.Count - labelled)),
            new DatasetView(dataset, TestData.Range(0, labelled)),
            model,
            new RandomStream(seed),
            threads,
            cancellationToken: cancellationToken);

    /// <summary>The same, of which the last <paramref name="outside"/> of the labelled ones are known to be of no class.</summary>
    public static QueryContext OpenSet(IDataset dataset, object? model, int labelled = LabelledCount, int outside = 2, long seed = 1, int threads = -1) => new(
        new DatasetView(dataset, TestData.Range(labelled, dataset.Count - labelled)),
        new DatasetView(dataset, TestData.Range(0, labelled - outside)),
        model,
        new RandomStream(seed),
        threads)
    {
        OutOfDistribution = new DatasetView(dataset, TestData.Range(labelled - outside, outside)),
    };

    /// <summary>A round over random rows, with the models' capabilities as wide as the task allows.</summary>
    public static QueryContext Of(TaskKinds task, int pool, long seed = 1, int threads = -1, int classCount = 3, int labelled = LabelledCount) =>
        Over(TestData.For(task, TestData.Rows(pool + labelled), classCount), ModelFor(task), labelled, seed, threads);

    public static FakeModel ModelFor(TaskKinds task) => task == TaskKinds.Regression ? new FakeGaussian() : new FakeCommittee();

    /// <summary>Every fake that meets the requirements.</summary>
    public static IEnumerable<FakeModel> ModelsFor(Requirements requirements, TaskKinds task)
    {
        FakeModel[] all = task == TaskKinds.Regression
            ? [new FakeGaussian(), new FakeValueCommittee(), new FakeValueNetwork()]
            : [new FakeClassifier(), new FakeCommittee(), new FakeNetwork()];
        return all.Where(model => (requirements.Capabilities & ~CapabilityExtensions.CapabilitiesOf(model)) == Capabilities.None);
    }

    /// <summary>The model as a pipeline would have it, trained together with a strategy or a score that takes part in training.</summary>
    public static TModel Joined<TModel>(TModel model, object part, IDataset data)
    {
        if (part is ITrainingParticipant participant && model is ITrainingHooks hooks)
        {
            hooks.TrainingHook = participant.CreateTrainingHook(data.Task);
            if (hooks.TrainingHook is IEmbeddingHook embedding)
            {
                embedding.Unlabelled = new DatasetView(data, TestData.Range(10, data.Count - 10));
            }

            (model as IModelManager)?.Train(new DatasetView(data, TestData.Range(0, 10)), null, new RandomStream(1));
        }

        return model;
    }
}
