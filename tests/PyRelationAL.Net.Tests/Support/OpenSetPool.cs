using PyRelationAL.Datasets;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>
/// Two classes, apart in the first two of six features, and as many items of no class, which lie on the boundary between the two and are told from them by
/// the third: uncertainty asks for them.
/// </summary>
internal sealed class OpenSetPool
{
    public const int KnownOfClass = 6;
    public const int KnownOutside = 8;

    private const int Width = 6;

    public OpenSetPool(long seed, int ofClass = 60, int outside = 120)
    {
        var random = new RandomStream(seed);
        int[] kinds =
        [
            .. Enumerable.Repeat(0, KnownOfClass), .. Enumerable.Repeat(1, KnownOfClass), .. Enumerable.Repeat(2, KnownOutside),
            .. Enumerable.Range(0, (2 * ofClass) + outside).Select(i => i < ofClass ? 0 : i < 2 * ofClass ? 1 : 2),
        ];
        random.Shuffle(kinds.AsSpan((2 * KnownOfClass) + KnownOutside));
        double[][] means = [[3, -1, 0, 0, 0, 0], [-1, 3, 0, 0, 0, 0], [1, 1, 3, 0, 0, 0]];
        var values = new float[kinds.Length * Width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(means[kinds[i / Width]][i % Width] + (0.7 * random.NextGaussian()));
        }

        Data = new InMemoryDataset(
            "open set",
            new FeatureMatrix(values, kinds.Length, Width),
            LearningTask.Classification(2),
            [.. kinds.Select(kind => kind == 2 ? Label.OutOfDistribution : Label.OfClass(kind))]);
        Model = new ScriptedModel { Probabilities = Boundary, Embeddings = items => items.Features };
    }

    public InMemoryDataset Data { get; }

    /// <summary>P(class 0) = σ(2 (x₀ − x₁)); the embeddings are the features.</summary>
    public ScriptedModel Model { get; }

    /// <summary>A round, after some of the candidates have been asked, the first ones.</summary>
    public QueryContext Context(long seed = 1, int threads = -1, ActiveLearning.RunScope? run = null, int asked = 0)
    {
        int known = (2 * KnownOfClass) + KnownOutside;
        int[] answered = TestData.Range(known, asked);
        int[] Answered(bool outside) => [.. answered.Where(i => Data.GetLabel(i).IsOutOfDistribution == outside)];
        return new QueryContext(
            new DatasetView(Data, TestData.Range(known + asked, Data.Count - known - asked)),
            new DatasetView(Data, (int[])[.. TestData.Range(0, 2 * KnownOfClass), .. Answered(false)]),
            Model,
            new RandomStream(seed),
            threads)
        {
            OutOfDistribution = new DatasetView(Data, (int[])[.. TestData.Range(2 * KnownOfClass, KnownOutside), .. Answered(true)]),
            Run = run,
        };
    }

    /// <summary>The share of a batch that is of the two classes.</summary>
    public double Purity(IReadOnlyList<int> batch) => batch.Average(i => Data.GetLabel(i).IsOutOfDistribution ? 0.0 : 1);

    /// <summary>The mean purity of a strategy's batches of thirty over some pools.</summary>
    public static double MeanPurity(Func<IStrategy> create, int pools = 10) => Enumerable.Range(0, pools).Average(seed =>
    {
        var pool = new OpenSetPool(seed);
        return pool.Purity(create().Suggest(pool.Context(), 30).Indices);
    });

    /// <summary>The same of random batches or of the most uncertain ones, whichever are purer.</summary>
    public static double PurityOfOthers() =>
        Math.Max(MeanPurity(() => new Strategies.RandomAcquisitionStrategy()), MeanPurity(() => new Strategies.EntropyClassificationStrategy()));

    private static ClassProbabilities Boundary(DatasetView items)
    {
        var p = new double[2 * items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            p[2 * i] = 1 / (1 + Math.Exp(-2 * (items.Features.Row(i)[0] - items.Features.Row(i)[1])));
            p[(2 * i) + 1] = 1 - p[2 * i];
        }

        return new ClassProbabilities(p, 2);
    }
}
