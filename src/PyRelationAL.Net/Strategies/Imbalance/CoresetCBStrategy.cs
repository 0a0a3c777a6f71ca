using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// CoresetCB, class-balanced core-set: one after the other, the candidate with the smallest −d(x) + (λ/C) ‖Ω − Σ p − p(x)‖₁: far from what is labelled and
/// taken, and of
/// the classes that lack labels.
/// </summary>
/// <remarks>
/// <para>
/// Bengar, van de Weijer, Fuentes and Raducanu, "Class-balanced active learning for image classification", WACV 2022. Ω is that of
/// <see cref="EntropyCBStrategy"/>.
/// Distances are divided by their median over the pool before the first pick, since λ would else mean something different for each model and data set; the
/// paper
/// does not. Where nothing is labelled, the first pick is by balance alone and the median is taken after it.
/// </para>
/// <para>Ties by the lowest index. O((L + b)·N·D + b·N·C) time, in parallel over candidates; O(N) memory beside the rows.</para>
/// </remarks>
public sealed class CoresetCBStrategy : Strategy
{
    private readonly double _balance;
    private readonly bool _scaleDistances;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="balance">λ, at least 0; 0 is k-centre greedy. Default: 5, the paper's for ten classes (50 for a hundred).</param>
    /// <param name="scaleDistances">Whether distances are divided by their median; false as in the paper. Default: true.</param>
    /// <param name="space">Where to measure distances (Euclidean); the dataset's features by default, the paper uses embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public CoresetCBStrategy(double balance = 5, bool scaleDistances = true, FeatureSpace space = FeatureSpace.Features)
    {
        _balance = Guard.NonNegative(balance);
        _scaleDistances = scaleDistances;
        _space = space;
        Requirements = new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities | space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from class probabilities and rows.</summary>
    /// <param name="probabilities">P [N×C].</param>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="missing">Ω: how many labels each of the C classes lacks.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="balance">λ, at least 0.</param>
    /// <param name="scaleDistances">Whether distances are divided by their median.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is out of range.</exception>
    public static int[] Select(
        ClassProbabilities probabilities,
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        ReadOnlySpan<double> missing,
        int count,
        double balance = 5,
        bool scaleDistances = true,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count);
        ArgumentNullException.ThrowIfNull(probabilities);
        Guard.SameLength(candidates.RowCount, probabilities.RowCount, "probabilities", nameof(probabilities));
        Guard.NonNegative(balance);
        var classes = new ClassBalance(probabilities, missing, count);
        var nearest = new NearestSelected(new RowPoints(candidates, labelled), candidates.RowCount, maxDegreeOfParallelism, cancellationToken);
        for (int l = 0; l < labelled.RowCount && count > 0; l++)
        {
            nearest.Select(candidates.RowCount + l);
        }

        double weight = balance / probabilities.ClassCount, scale = 0;
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            bool far = k > 0 || labelled.RowCount > 0;
            nearest.Update();
            if (far && scale == 0)
            {
                scale = scaleDistances ? MedianDistance(nearest.Distances) : 1;
            }

            int next = ClassBalance.Smallest(
                nearest.Selected,
                i => (weight * classes.With(i)) - (far ? Math.Sqrt(nearest.Distances[i]) / scale : 0),
                maxDegreeOfParallelism,
                cancellationToken);
            selected[k] = next;
            nearest.Select(next);
            classes.Add(next);
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.ClassProbabilities,
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            ClassBalance.Missing(context, count),
            count,
            _balance,
            _scaleDistances,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }

    /// <summary>1 where half of the candidates are duplicates of what is labelled.</summary>
    private static double MedianDistance(ReadOnlySpan<double> squared)
    {
        double[] sorted = squared.ToArray();
        Array.Sort(sorted);
        double median = Math.Sqrt(sorted[sorted.Length / 2]);
        return median > 0 ? median : 1;
    }
}
