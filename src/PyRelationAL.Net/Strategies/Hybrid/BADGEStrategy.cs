using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// BADGE: k-means++ seeding among gradient embeddings g = (p − onehot(ŷ)) ⊗ h. A gradient is long where the model is unsure, and two are far apart where the
/// items differ: batches are uncertain and diverse.
/// </summary>
/// <remarks>
/// <para>
/// Ash, Zhang, Krishnamurthy, Langford and Agarwal, "Deep batch active learning by diverse, uncertain gradient lower bounds", ICLR 2020. The longest gradient
/// goes first, as in the authors' code (k-means++ itself draws the first uniformly); each next one is drawn with probability in proportion to the squared
/// distance to the nearest taken one. What is labelled is not looked at.
/// </para>
/// <para>
/// Distances come from the factors (<see cref="GradientEmbeddings"/>), so that no gradient of C·D numbers is ever built: O(b·N·(C + D)) time, in parallel over
/// candidates, O(N·(C + D)) memory. Where all gradients left are duplicates of taken ones, or all are 0, candidates are taken at random.
/// </para>
/// </remarks>
public sealed class BADGEStrategy : Strategy
{
    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities | Capabilities.GradientEmbeddings);

    /// <summary>Selects positions from gradient embeddings.</summary>
    /// <param name="gradients">N gradients.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="random">Draws all but the first.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    public static int[] Select(
        GradientEmbeddings gradients, int count, RandomStream random, int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(random);
        SelectionBounds.Check(count, gradients.RowCount);
        return count == 0 ? [] : Seed(new GradientPoints(gradients), count, random, maxDegreeOfParallelism, cancellationToken);
    }

    /// <summary>k-means++ from the point of the largest norm.</summary>
    internal static int[] Seed(IPoints points, int count, RandomStream random, int maxDegreeOfParallelism, CancellationToken cancellationToken) =>
        KMeansPlusPlus.Choose(points, Longest(points), count, random, maxDegreeOfParallelism, cancellationToken);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.GradientEmbeddings, count, context.RandomFor(nameof(BADGEStrategy)), context.MaxDegreeOfParallelism, context.CancellationToken));
    }

    private static int Longest(IPoints points)
    {
        int best = -1;
        double longest = 0;
        for (int i = 0; i < points.Count; i++)
        {
            double norm = points.SquaredNorm(i);
            if (norm > longest)
            {
                (best, longest) = (i, norm);
            }
        }

        return best;
    }
}
