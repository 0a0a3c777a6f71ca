using PyRelationAL.ActiveLearning;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL;

/// <summary>
/// What a strategy may ask for in one round. Each thing is computed at the first ask and kept for the round, so that two scores that need the same prediction
/// cost one prediction.
/// </summary>
/// <remarks>
/// <para>
/// Posterior samples are given in blocks of candidates. Blocks are kept too, up to <see cref="PosteriorCacheLimit"/> values; beyond it they are drawn
/// again from the same random stream, and so are the same.
/// </para>
/// <para>Not safe for concurrent use; the computations inside use up to <see cref="MaxDegreeOfParallelism"/> threads.</para>
/// </remarks>
public sealed partial class QueryContext
{
    /// <summary>The number of doubles of posterior samples that a round keeps (256 MiB); larger pools are drawn anew for each score.</summary>
    public const long PosteriorCacheLimit = 32L << 20;

    private const int BlockValues = 1 << 20;

    private readonly object? _model;
    private readonly RandomStream _random;
    private readonly Dictionary<IInformativenessFunction, double[]> _scores = new(ReferenceEqualityComparer.Instance);
    private readonly List<PosteriorBlock<PosteriorClassSamples>> _classBlocks = [];
    private readonly List<PosteriorBlock<PosteriorValueSamples>> _valueBlocks = [];
    private ClassProbabilities? _probabilities;
    private GaussianPredictions? _gaussian;
    private FeatureMatrix? _poolEmbeddings;
    private FeatureMatrix? _labelledEmbeddings;
    private double[]? _labelledValues;
    private double[]? _values;

    /// <summary>Creates the context of one round.</summary>
    /// <param name="pool">The candidates, by ascending dataset index, each once.</param>
    /// <param name="labelled">The labelled items.</param>
    /// <param name="model">A trained model, or any object that implements capability interfaces; null where nothing will be predicted.</param>
    /// <param name="random">This round's stream.</param>
    /// <param name="maxDegreeOfParallelism">The most threads to use; −1 for all cores. The result does not depend on it.</param>
    /// <param name="progress">Told the share done, in [0, 1], by strategies that take long.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ArgumentException">The pool repeats an item or does not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is 0 or below −1.</exception>
    public QueryContext(
        DatasetView pool,
        DatasetView labelled,
        object? model,
        RandomStream random,
        int maxDegreeOfParallelism = -1,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 1; i < pool.Count; i++)
        {
            if (pool.Indices[i] <= pool.Indices[i - 1])
            {
                throw new ArgumentException(
                    Guard.Text($"The pool must list items once and ascending: item {pool.Indices[i]} follows item {pool.Indices[i - 1]}."), nameof(pool));
            }
        }

        Pool = pool;
        Labelled = labelled;
        OutOfDistribution = labelled.Slice(0, 0);
        _model = model;
        _random = random;
        MaxDegreeOfParallelism = Guard.Threads(maxDegreeOfParallelism);
        Progress = progress;
        CancellationToken = cancellationToken;
    }

    /// <summary>The candidates, by ascending dataset index.</summary>
    public DatasetView Pool { get; }

    /// <summary>The labelled items.</summary>
    public DatasetView Labelled { get; }

    /// <summary>The items that the oracle said are of none of the task's classes; empty where the pool is closed.</summary>
    /// <value>Default: none.</value>
    public DatasetView OutOfDistribution { get; init; }

    /// <summary>The number of queries that the run has made before this one: what a strategy goes by that changes over time.</summary>
    /// <value>Default: 0.</value>
    public int Round { get; init; }

    /// <summary>The run that the round is of; null where no pipeline asks.</summary>
    internal RunScope? Run { get; init; }

    /// <summary>What is to be learned.</summary>
    public LearningTask Task => Pool.Task;

    /// <summary>The model, for checking requirements; predictions are asked of the context.</summary>
    internal object? Model => _model;

    /// <summary>The most threads to use; −1 for all cores.</summary>
    public int MaxDegreeOfParallelism { get; }

    /// <summary>Told the share done by strategies that take long; may be null.</summary>
    public IProgress<double>? Progress { get; }

    /// <summary>Stops the query.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Class probabilities of the pool [N×C]: predicted, or the mean of the posterior samples where the model gives only those.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public ClassProbabilities ClassProbabilities => _probabilities ??= _model is IClassProbabilityPredictor predictor
        ? Checked(predictor.PredictProbabilities(Pool, CancellationToken), p => p.RowCount, p => p.ClassCount)
        : MeanOfSamples();

    /// <summary>Mean and standard deviation of the pool [N]: predicted, or the moments of the posterior samples where the model gives only those.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public GaussianPredictions GaussianPredictions => _gaussian ??= _model is IGaussianPredictor predictor
        ? Checked(predictor.PredictGaussian(Pool, CancellationToken), p => p.RowCount)
        : MomentsOfSamples();

    /// <summary>One value for each candidate [N]: predicted, or the mean of <see cref="GaussianPredictions"/> where the model has no plain value.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public ReadOnlySpan<double> PredictedValues => _values ??= _model is IValuePredictor predictor
        ? CheckedValues(predictor)
        : CapabilityExtensions.CapabilitiesOf(_model).HasFlag(Capabilities.PredictedValues)
            ? GaussianPredictions.Mean.ToArray()
            : throw new CapabilityMissingException("This query", _model?.GetType().Name ?? "no model", Capabilities.PredictedValues);

    /// <summary>The values of the labelled items [L].</summary>
    /// <exception cref="InvalidOperationException">The task is not regression.</exception>
    public ReadOnlySpan<double> LabelledValues => _labelledValues ??= Labelled.Values();

    /// <summary>The largest label among the labelled items: the incumbent of expected improvement.</summary>
    /// <exception cref="InvalidOperationException">The task is not regression, or nothing is labelled.</exception>
    public double BestLabelledValue
    {
        get
        {
            return LabelledValues.Length > 0
                ? System.Numerics.Tensors.TensorPrimitives.Max(LabelledValues)
                : throw new InvalidOperationException("There is no best labelled value: no item is labelled yet.");
        }
    }

    /// <summary>Whether the model gives posterior samples of values and no Gaussian of its own, as regression ensembles do.</summary>
    public bool OnlyPosteriorValues => _model is IPosteriorValueSampler and not IGaussianPredictor;

    /// <summary>The posterior samples of the pool, block by block in pool order.</summary>
    /// <returns>Blocks [S×rows×C] that together cover the pool.</returns>
    /// <exception cref="CapabilityMissingException">The model gives no posterior samples.</exception>
    public IEnumerable<PosteriorBlock<PosteriorClassSamples>> PosteriorClassBlocks()
    {
        var sampler = Need<IPosteriorClassSampler>(Capabilities.PosteriorClassSamples);
        return BlocksOf(_classBlocks, (long)sampler.SampleCount * Task.ClassCount, (start, view) =>
        {
            PosteriorClassSamples samples = Checked(
                sampler.SampleProbabilities(view, SamplingStream(sampler.Consistent, start), CancellationToken),
                s => s.RowCount,
                s => s.ClassCount,
                view.Count);
            RequireSamples(sampler.SampleCount, samples.SampleCount);
            return samples;
        });
    }

    /// <summary>The posterior samples of any items, under the same parameters as those of the pool. Needs consistent samples.</summary>
    /// <param name="items">The items; S·N·C numbers are built, so ask for few.</param>
    /// <returns>Samples [S×N×C].</returns>
    /// <exception cref="CapabilityMissingException">The model gives no consistent posterior samples.</exception>
    public PosteriorClassSamples PosteriorClassSamplesOf(DatasetView items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var sampler = Need<IPosteriorClassSampler>(Capabilities.PosteriorClassSamples);
        if (!sampler.Consistent)
        {
            throw new CapabilityMissingException("This query", _model!.GetType().Name, Capabilities.ConsistentSamples);
        }

        PosteriorClassSamples samples = Checked(
            sampler.SampleProbabilities(items, SamplingStream(consistent: true, 0), CancellationToken), s => s.RowCount, s => s.ClassCount, items.Count);
        RequireSamples(sampler.SampleCount, samples.SampleCount);
        return samples;
    }

    /// <summary>The posterior samples of the pool's values, block by block in pool order.</summary>
    /// <returns>Blocks [S×rows] that together cover the pool.</returns>
    /// <exception cref="CapabilityMissingException">The model gives no posterior samples.</exception>
    public IEnumerable<PosteriorBlock<PosteriorValueSamples>> PosteriorValueBlocks()
    {
        var sampler = Need<IPosteriorValueSampler>(Capabilities.GaussianPredictions);
        return BlocksOf(_valueBlocks, sampler.SampleCount, (start, view) =>
        {
            PosteriorValueSamples samples = Checked(
                sampler.SampleValues(view, SamplingStream(sampler.Consistent, start), CancellationToken), s => s.RowCount, null, view.Count);
            RequireSamples(sampler.SampleCount, samples.SampleCount);
            return samples;
        });
    }

    /// <summary>One draw of the whole function on the pool [N], all candidates under the same parameters.</summary>
    /// <param name="random">Decides which draw.</param>
    /// <param name="largestJointPool">The largest pool for which an N×N covariance may be built.</param>
    /// <returns>N values.</returns>
    /// <exception cref="CapabilityMissingException">The model cannot draw whole functions.</exception>
    /// <exception cref="InvalidOperationException">
    /// The draw needs the pool's covariance and the pool is larger than <paramref name="largestJointPool"/>.
    /// </exception>
    public double[] DrawJointValues(RandomStream random, int largestJointPool = 4096)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (_model is IPosteriorValueSampler { Consistent: true } sampler)
        {
            int sample = random.NextInt32(sampler.SampleCount);
            var draw = new double[Pool.Count];
            foreach (PosteriorBlock<PosteriorValueSamples> block in PosteriorValueBlocks())
            {
                block.Samples.Sample(sample).CopyTo(draw.AsSpan(block.Start));
            }

            return draw;
        }

        return PredictJointGaussian("A joint draw", "draw for each candidate instead, or ", largestJointPool).Draw(random);
    }

    /// <summary>The joint Gaussian of the pool's values, for pools up to a size.</summary>
    internal JointGaussianPredictions PredictJointGaussian(string purpose, string advice, int largestJointPool)
    {
        var joint = Need<IJointGaussianPredictor>(Capabilities.JointValueDraws);
        if (Pool.Count > largestJointPool)
        {
            throw new InvalidOperationException(
                Guard.Text($"{purpose} from {_model!.GetType().Name} needs the covariance of all {Pool.Count} candidates, more than {largestJointPool}: ")
                + advice + "query a random sub-pool (SubPoolStrategy).");
        }

        return Checked(joint.PredictJointGaussian(Pool, CancellationToken), p => p.RowCount);
    }

    /// <summary>The pool's rows in a feature space [N×D].</summary>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The rows.</returns>
    public FeatureMatrix PoolRows(FeatureSpace space) => space == FeatureSpace.Features ? Pool.Features : _poolEmbeddings ??= Embed(Pool);

    /// <summary>The labelled items' rows in a feature space [L×D].</summary>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The rows.</returns>
    public FeatureMatrix LabelledRows(FeatureSpace space) => space == FeatureSpace.Features ? Labelled.Features : _labelledEmbeddings ??= Embed(Labelled);

    /// <summary>The scores of a function on the pool, computed once a round for each instance.</summary>
    /// <param name="function">The function.</param>
    /// <returns>One finite score for each candidate; do not change the array.</returns>
    /// <exception cref="InvalidOperationException">The function gave the wrong number of scores, a NaN or an infinity.</exception>
    public double[] Score(IInformativenessFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_scores.TryGetValue(function, out double[]? known))
        {
            return known;
        }

        CancellationToken.ThrowIfCancellationRequested();
        double[] scores = function.Score(this);
        if (scores.Length != Pool.Count)
        {
            throw new InvalidOperationException(Guard.Text($"{function.GetType().Name} gave {scores.Length} scores for {Pool.Count} candidates."));
        }

        int bad = Array.FindIndex(scores, s => !double.IsFinite(s));
        if (bad >= 0)
        {
            throw new InvalidOperationException(
                Guard.Text($"{function.GetType().Name} scored item {Pool.Indices[bad]} (candidate {bad}) as {scores[bad]}; scores must be finite."));
        }

        _scores.Add(function, scores);
        return scores;
    }

    /// <summary>A stream of this round for one consumer; the same name gives the same stream.</summary>
    /// <param name="consumer">Who draws.</param>
    /// <returns>A new stream.</returns>
    public RandomStream RandomFor(string consumer) => _random.Child(consumer);

    /// <summary>The same round restricted to some candidates; predictions are made for these only.</summary>
    /// <param name="positions">Distinct pool positions, ascending.</param>
    /// <returns>A new context.</returns>
    public QueryContext Restrict(ReadOnlySpan<int> positions) =>
        new(Pool.SelectRows(positions), Labelled, _model, _random.Child("restricted pool"), MaxDegreeOfParallelism, Progress, CancellationToken)
        {
            OutOfDistribution = OutOfDistribution,
            Round = Round,
            Run = Run,
        };

    // A consistent sampler must see one and the same stream for all blocks, so that sample m means the same parameters everywhere; any other must not.
    private RandomStream SamplingStream(bool consistent, int start)
    {
        RandomStream stream = _random.Child("posterior samples");
        return consistent ? stream : stream.Child(start);
    }

    private IEnumerable<PosteriorBlock<TSamples>> BlocksOf<TSamples>(
        List<PosteriorBlock<TSamples>> kept, long valuesPerRow, Func<int, DatasetView, TSamples> sample)
    {
        int rows = (int)Math.Clamp(BlockValues / Math.Max(1, valuesPerRow), 1, Math.Max(1, Pool.Count));
        bool keep = valuesPerRow * Pool.Count <= PosteriorCacheLimit;
        for (int b = 0, start = 0; start < Pool.Count; b++, start += rows)
        {
            CancellationToken.ThrowIfCancellationRequested();
            if (b < kept.Count)
            {
                yield return kept[b];
                continue;
            }

            var block = new PosteriorBlock<TSamples>(start, sample(start, Pool.Slice(start, Math.Min(rows, Pool.Count - start))));
            if (keep)
            {
                kept.Add(block);
            }

            yield return block;
        }
    }

    private ClassProbabilities MeanOfSamples()
    {
        Need<IPosteriorClassSampler>(Capabilities.ClassProbabilities);
        var mean = new double[checked(Pool.Count * Task.ClassCount)];
        foreach (PosteriorBlock<PosteriorClassSamples> block in PosteriorClassBlocks())
        {
            block.Samples.WriteMean(mean.AsSpan(block.Start * Task.ClassCount, block.Samples.RowCount * Task.ClassCount));
        }

        return new ClassProbabilities(mean, Task.ClassCount);
    }

    private GaussianPredictions MomentsOfSamples()
    {
        var sampler = Need<IPosteriorValueSampler>(Capabilities.GaussianPredictions);
        var mean = new double[Pool.Count];
        var deviation = new double[Pool.Count];
        foreach (PosteriorBlock<PosteriorValueSamples> block in PosteriorValueBlocks())
        {
            GaussianPredictions moments = block.Samples.Moments();
            moments.Mean.CopyTo(mean.AsSpan(block.Start));
            moments.StandardDeviation.CopyTo(deviation.AsSpan(block.Start));
        }

        return new GaussianPredictions(mean, deviation, sampler.SampleCount);
    }

    private double[] CheckedValues(IValuePredictor predictor)
    {
        double[] values = Checked(predictor.PredictValues(Pool, CancellationToken), v => v.Length);
        Guard.AllFinite(values, 1, "the predicted values", nameof(predictor));
        return values;
    }

    private FeatureMatrix Embed(DatasetView items) =>
        Checked(Need<IEmbedder>(Capabilities.Embeddings).Embed(items, CancellationToken), e => e.RowCount, null, items.Count);

    private T Need<T>(Capabilities capability)
        where T : class =>
        _model as T ?? throw new CapabilityMissingException("This query", _model?.GetType().Name ?? "no model", capability);

    private void RequireSamples(int expected, int actual)
    {
        if (expected != actual)
        {
            throw new InvalidOperationException(Guard.Text($"{_model!.GetType().Name} drew {actual} posterior samples; it says that it draws {expected}."));
        }
    }

    private T Checked<T>(T prediction, Func<T, int> rowCount, Func<T, int>? classCount = null, int? expectedRows = null)
    {
        int expected = expectedRows ?? Pool.Count;
        if (rowCount(prediction) != expected)
        {
            throw new InvalidOperationException(Guard.Text($"{_model!.GetType().Name} predicted {rowCount(prediction)} rows for {expected} items."));
        }

        if (classCount is not null && classCount(prediction) != Task.ClassCount)
        {
            throw new InvalidOperationException(
                Guard.Text($"{_model!.GetType().Name} predicted {classCount(prediction)} classes; the task has {Task.ClassCount}."));
        }

        return prediction;
    }
}
