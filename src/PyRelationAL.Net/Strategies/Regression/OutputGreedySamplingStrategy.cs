using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// GSy, greedy sampling in the output: one after the other, the candidate whose prediction is farthest from every label so far, the largest minₗ |f(x) − yₗ|.
/// </summary>
/// <remarks>
/// <para>
/// Wu, Lin and Huang, "Active learning for regression using greedy sampling", Information Sciences 2019. Their setting is one label at a time; within a batch a
/// taken candidate counts with its prediction for its label. Their GSx, the same in the inputs alone, is <see cref="KCentreGreedyStrategy"/>.
/// </para>
/// <para>
/// The first k₀ labels, counting those that there are, are chosen by their inputs alone, since a model of nothing predicts nothing of use. Ties, and what is
/// predicted alike, go by the lowest index. Scores are the distances at the time of selection. O((L + b)·N) time, in parallel over candidates; O(N) memory
/// beside the rows.
/// </para>
/// </remarks>
public sealed class OutputGreedySamplingStrategy : Strategy
{
    private readonly int _inputsFirst;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="inputsFirst">k₀, at least 1. Default: 1; the paper takes the number of features.</param>
    /// <param name="space">Where inputs are compared (Euclidean); the dataset's features by default. Standardise them.</param>
    /// <exception cref="ArgumentOutOfRangeException">k₀ is below 1.</exception>
    public OutputGreedySamplingStrategy(int inputsFirst = 1, FeatureSpace space = FeatureSpace.Features)
    {
        _inputsFirst = Guard.Positive(inputsFirst);
        _space = space;
        Requirements = new Requirements(TaskKinds.Regression, Capabilities.PredictedValues | space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows and values.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="predictions">f(x) of the candidates [N].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="values">Labels of the labelled items [L].</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="distances">Gets the distance of each selected one at the time of its selection; empty where they are not wanted.</param>
    /// <param name="inputsFirst">k₀, at least 1.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        ReadOnlySpan<double> predictions,
        FeatureMatrix labelled,
        ReadOnlySpan<double> values,
        int count,
        Span<double> distances = default,
        int inputsFirst = 1,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default) =>
        GreedySampling.Select(
            candidates,
            predictions,
            labelled,
            values,
            count,
            inputs: false,
            Guard.Positive(inputsFirst),
            distances,
            maxDegreeOfParallelism,
            cancellationToken);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var distances = new double[count];
        int[] selected = Select(
            context.PoolRows(_space),
            context.PredictedValues,
            SelectionRows.LabelledOrNone(context, _space),
            context.LabelledValues,
            count,
            distances,
            _inputsFirst,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        return new Batch(selected, distances);
    }
}
