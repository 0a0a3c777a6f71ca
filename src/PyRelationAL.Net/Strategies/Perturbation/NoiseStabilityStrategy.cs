using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries the items whose predictions noise on the weights changes most, and in different ways: v_k(x) = (f_{w+n_k}(x) − f_w(x)) / ‖f_w(x)‖ for K noises,
/// where f are the class probabilities; then k-centre greedy among the vectors (v₁, …, v_K), with the origin as the first centre.
/// </summary>
/// <remarks>
/// <para>
/// Li, Yang, Gu, Zhan, Wang, Xu and Xu, "Deep active learning with noise stability", AAAI 2024. The noise of a layer's weights is normal, scaled to the length
/// r ‖w‖; biases and normalisations stay. Needs no gradients. What is labelled is not looked at. As written here it is defined for classification only: a
/// predicted value of 0 has no relative change.
/// </para>
/// <para>
/// Vectors wider than <c>largestWidth</c> are folded: each number is added, under a random sign, to one of so many sums, which keeps squared distances
/// in expectation (feature hashing: Weinberger et al., ICML 2009). K predictions of the pool, O(N·min(K·C, width)) memory, O(b·N·min(K·C, width)) for the
/// selection. The first is the longest vector; ties, and candidates that are all duplicates of selected ones, go by the lowest index. Scores are the distances
/// at the time of selection.
/// </para>
/// </remarks>
public sealed class NoiseStabilityStrategy : Strategy
{
    private const int BlockRows = 4096;

    private readonly double _noise;
    private readonly int _noiseCount;
    private readonly int _largestWidth;

    /// <summary>Creates the strategy.</summary>
    /// <param name="noise">r, the length of a layer's noise relative to its weights, greater than 0. Default: 0.001.</param>
    /// <param name="noiseCount">K, at least 1. Default: 50.</param>
    /// <param name="largestWidth">How many numbers to keep for each item, at least 1. Default: 512, so that 50 noises and 10 classes are kept whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public NoiseStabilityStrategy(double noise = 0.001, int noiseCount = 50, int largestWidth = 512)
    {
        _noise = Guard.Positive(noise);
        _noiseCount = Guard.Positive(noiseCount);
        _largestWidth = Guard.Positive(largestWidth);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ParameterPerturbation);

    /// <summary>Selects positions from the changes under noise: k-centre greedy from the origin.</summary>
    /// <param name="changes">A row for each candidate [N×W].</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="distances">Gets the distance of each selected one at the time of its selection; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">There is room for some distances but not for all.</exception>
    public static int[] Select(
        FeatureMatrix changes,
        int count,
        Span<double> distances = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var origin = new FeatureMatrix(new float[changes.ColumnCount], 1, changes.ColumnCount);
        return KCentreGreedyStrategy.Select(changes, origin, count, distances, maxDegreeOfParallelism, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var distances = new double[count];
        int[] selected = Select(Changes(context), count, distances, context.MaxDegreeOfParallelism, context.CancellationToken);
        return new Batch(selected, distances);
    }

    /// <summary>w + r ‖w‖ n / ‖n‖ for the weights of each layer.</summary>
    internal static float[] WithNoise(ReadOnlySpan<float> learned, ParameterLayout layout, double noise, RandomStream random)
    {
        float[] parameters = learned.ToArray();
        foreach (ParameterGroup group in layout.Groups.Where(g => g.IsWeight))
        {
            Span<float> weights = parameters.AsSpan(group.Start, group.Length);
            var draws = new double[weights.Length];
            double weightSquares = 0, drawSquares = 0;
            for (int i = 0; i < draws.Length; i++)
            {
                draws[i] = random.NextGaussian();
                drawSquares += draws[i] * draws[i];
                weightSquares += (double)weights[i] * weights[i];
            }

            double scale = noise * Math.Sqrt(weightSquares / drawSquares);
            for (int i = 0; i < draws.Length; i++)
            {
                weights[i] = (float)(weights[i] + (scale * draws[i]));
            }
        }

        return parameters;
    }

    /// <summary>Adds (p′ − p) / ‖p‖ of each row, number c of it times sign c to column c of the destination.</summary>
    internal static void AddChanges(
        ClassProbabilities learned,
        ClassProbabilities perturbed,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> signs,
        Span<float> destination,
        int width)
    {
        for (int i = 0; i < learned.RowCount; i++)
        {
            ReadOnlySpan<double> p = learned.Row(i), q = perturbed.Row(i);
            double norm = System.Numerics.Tensors.TensorPrimitives.Norm(p);
            Span<float> row = destination.Slice(i * width, width);
            for (int c = 0; c < p.Length; c++)
            {
                row[columns[c]] += signs[c] * (float)((q[c] - p[c]) / norm);
            }
        }
    }

    private FeatureMatrix Changes(QueryContext context)
    {
        IParameterPerturbation model = context.ParameterPerturbation;
        DatasetView pool = context.Pool;
        int classes = context.Task.ClassCount, width = (int)Math.Min((long)_noiseCount * classes, _largestWidth);
        bool folds = width < (long)_noiseCount * classes;
        float[] learned = model.CopyParameters();
        RandomStream random = context.RandomFor(nameof(NoiseStabilityStrategy));
        var unperturbed = new ClassProbabilities[(pool.Count + BlockRows - 1) / BlockRows];
        var changes = new float[checked(pool.Count * width)];
        for (int k = 0; k < _noiseCount; k++)
        {
            RandomStream stream = random.Child(k);
            float[] parameters = WithNoise(learned, model.Parameters, _noise, stream.Child("noise"));
            RandomStream hash = stream.Child("fold");
            int[] columns = [.. Enumerable.Range(k * classes, classes).Select(column => folds ? hash.NextInt32(width) : column)];
            float[] signs = [.. columns.Select(_ => folds && hash.NextInt32(2) == 0 ? -1f : 1f)];
            for (int b = 0; b < unperturbed.Length; b++)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                int start = b * BlockRows;
                DatasetView block = pool.Slice(start, Math.Min(BlockRows, pool.Count - start));
                unperturbed[b] ??= Probabilities(block, learned);
                AddChanges(unperturbed[b], Probabilities(block, parameters), columns, signs, changes.AsSpan(start * width, block.Count * width), width);
            }

            context.Progress?.Report((k + 1) / (double)_noiseCount);
        }

        return new FeatureMatrix(changes, pool.Count, width);

        ClassProbabilities Probabilities(DatasetView items, float[] parameters) =>
            new ClassLogits(model.Outputs(items, parameters, context.CancellationToken), classes).Softmax();
    }
}
