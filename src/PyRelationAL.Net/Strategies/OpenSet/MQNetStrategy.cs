using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// MQ-Net: the largest Φ(I′, U′) of informativeness I and purity U, each as exp((v − mean)/deviation) over the pool. A small network Φ that never falls in
/// either input has learned from the answers to the last query how much each is worth: to rank its items by their loss, which is 0 where an item is of no
/// class. Before there is an answer the score is I′ + U′.
/// </summary>
/// <remarks>
/// <para>
/// Park, Shin, Bang, Lee, Song and Lee, "Meta-query-net: resolving purity-informativeness dilemma in open-set active learning", NeurIPS 2022. Purity is the
/// largest cosine with a labelled item among distinctive features, which are learned as <see cref="ContrastiveLearning"/> says; the paper learns them from
/// images. Its two kinds of informativeness are least confidence and <see cref="PredictedLoss"/>, for which the strategy joins the training. The loss is the
/// cross-entropy under the classifier that the query was made with. Φ starts anew with each query: 64 hidden units, pairs of random items, margin ξ, 10,000
/// steps of gradient descent in batches of 64, rate 0.001 and 0.0001 for the second half, as in their code. Both inputs are standardised over the pool, in
/// the first round and when Φ is trained; their code does so in part.
/// </para>
/// <para>
/// The strategy remembers the last query of each pipeline, and where contexts come from elsewhere, that of the dataset object. A query whose answers are all
/// alike teaches nothing. Scores are Φ, or the sum; ties go to the lowest index. O(N·(L·E + H)) time after learning the features, for E of them.
/// </para>
/// </remarks>
public sealed class MQNetStrategy : Strategy, ITrainingParticipant
{
    private const int HiddenWidth = 64;
    private const int BatchSize = 64;
    private const int Steps = 10_000;
    private const double Rate = 1e-3;

    private readonly IInformativenessFunction _informativeness;
    private readonly double _margin;
    private readonly ContrastiveFeatures _features;
    private readonly ConditionalWeakTable<object, MetaMemory> _memories = [];

    /// <summary>Creates the strategy.</summary>
    /// <param name="informativeness">I, any score; by default least confidence.</param>
    /// <param name="margin">ξ, at least 0. Default: 1, as in the paper's code.</param>
    /// <param name="learning">How the features of purity are learned; null for the defaults.</param>
    /// <param name="space">What they are learned from: the dataset's features by default, or embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is below 0.</exception>
    public MQNetStrategy(
        IInformativenessFunction? informativeness = null, double margin = 1, ContrastiveLearning? learning = null, FeatureSpace space = FeatureSpace.Features)
    {
        _informativeness = informativeness ?? new LeastConfidence();
        _margin = Guard.NonNegative(margin);
        _features = new ContrastiveFeatures("MQNetStrategy, distinctive", true, learning ?? new ContrastiveLearning(), space);
        Requirements = _informativeness.Requirements.And(new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities | space.Needs()));
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>exp((v − mean)/deviation), the deviation with divisor N; 1 where all values are equal. O(N).</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="standardised">One to write for each.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is NaN or infinite.</exception>
    public static void Standardise(ReadOnlySpan<double> values, Span<double> standardised)
    {
        Guard.SameLength(values.Length, standardised.Length, "standardised values", nameof(standardised));
        Guard.AllFinite(values, 1, "the values", nameof(values));
        double mean = values.IsEmpty ? 0 : TensorPrimitives.Sum(values) / values.Length;
        TensorPrimitives.Subtract(values, mean, standardised);
        double deviation = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(standardised) / Math.Max(1, values.Length));

        // What rounding leaves of equal values is not to be blown up.
        if (deviation <= 1e-12 * Math.Abs(mean))
        {
            standardised.Fill(1);
            return;
        }

        // A single outlier among millions lies beyond what exp can hold.
        TensorPrimitives.Divide(standardised, deviation, standardised);
        TensorPrimitives.Min(standardised, 700, standardised);
        TensorPrimitives.Exp(standardised, standardised);
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, _informativeness);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Labelled.Count == 0)
        {
            throw new InvalidOperationException($"{Name} compares candidates with labelled items, and no item is labelled yet.");
        }

        int pool = context.Pool.Count;
        double[] informativeness = new double[pool], purity = new double[pool], scores = new double[pool];
        Standardise(context.Score(_informativeness), informativeness);
        Standardise(Purity(context), purity);

        // Where no pipeline says which run it is, a dataset object counts as one.
        object run = context.Run ?? (object)context.Pool.Dataset;
        MetaAnswers? answers = _memories.TryGetValue(run, out MetaMemory? memory) ? memory.Answers(context) : null;
        if (answers is not null && Learned(answers, context) is { } network)
        {
            network.Outputs([.. informativeness.Zip(purity)]).CopyTo(scores);
        }
        else
        {
            TensorPrimitives.Add<double>(informativeness, purity, scores);
        }

        int[] positions = TopPositions.Of(scores, count);
        _memories.AddOrUpdate(run, new MetaMemory(Remembered(context, positions, informativeness, purity), answers?.Query));
        return new Batch(positions, Array.ConvertAll(positions, i => scores[i]));
    }

    private static MetaQuery Remembered(QueryContext context, int[] positions, double[] informativeness, double[] purity)
    {
        ClassProbabilities probabilities = context.ClassProbabilities;
        var losses = new double[positions.Length * probabilities.ClassCount];
        for (int i = 0; i < losses.Length; i++)
        {
            double p = probabilities.Row(positions[i / probabilities.ClassCount])[i % probabilities.ClassCount];
            losses[i] = -Math.Log(Math.Max(p, double.Epsilon));
        }

        return new MetaQuery(
            context.Labelled.Count + context.OutOfDistribution.Count,
            Array.ConvertAll(positions, i => context.Pool.Indices[i]),
            Array.ConvertAll(positions, i => (informativeness[i], purity[i])),
            losses);
    }

    private double[] Purity(QueryContext context)
    {
        int pool = context.Pool.Count, labelled = context.Labelled.Count;
        FeatureMatrix features = _features.Of(context, 1)[0];
        return new Cosines(features.Slice(pool, labelled)).Largest(features.Slice(0, pool), context.MaxDegreeOfParallelism, context.CancellationToken);
    }

    /// <summary>Φ, or null where all answers are alike and teach nothing.</summary>
    private MetaNetwork? Learned(MetaAnswers answers, QueryContext context)
    {
        if (answers.Losses.Distinct().Count() < 2)
        {
            return null;
        }

        RandomStream random = context.RandomFor(nameof(MQNetStrategy)), order = random.Child("order");
        var network = new MetaNetwork(HiddenWidth, random.Child("weights"));
        int[] items = [.. Enumerable.Range(0, answers.Losses.Length)];
        var inputs = new (double, double)[Math.Min(BatchSize, items.Length)];
        var losses = new double[inputs.Length];
        for (int step = 0, start = items.Length; step < Steps; step++, start += BatchSize)
        {
            // A batch of one has no pair.
            if (items.Length - start < 2)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                order.Shuffle<int>(items);
                start = 0;
            }

            int size = Math.Min(BatchSize, items.Length - start);
            for (int i = 0; i < size; i++)
            {
                (inputs[i], losses[i]) = (answers.Inputs[items[start + i]], answers.Losses[items[start + i]]);
            }

            network.Step(inputs.AsSpan(0, size), losses.AsSpan(0, size), _margin, step < Steps / 2 ? Rate : Rate / 10);
        }

        return network;
    }
}
