using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Discriminative active learning: trains a classifier to tell labelled items from candidates, and takes those that are most clearly not labelled; in
/// sub-batches, after
/// each of which what was taken counts as labelled.
/// </summary>
/// <remarks>
/// <para>
/// Gissin and Shalev-Shwartz, "Discriminative active learning", arXiv 1907.06347, 2019. The classifier is a logistic regression of standardised columns
/// (½‖w‖² + the sum
/// of losses), where the paper trains a network on embeddings; at most ten candidates to each labelled item are drawn to train on. Where nothing
/// is labelled, the first sub-batch is drawn at random.
/// </para>
/// <para>
/// Ties by the lowest index. O(n·N·D) time for n sub-batches, in parallel over candidates, and n fits of rows that grow with L; O((N + L)·D) memory.
/// </para>
/// </remarks>
public sealed class DiscriminativeStrategy : Strategy
{
    private readonly int _subBatches;
    private readonly int _candidatesPerLabel;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="subBatches">n, at least 1; as many as the batch has items where that is fewer. Default: 10.</param>
    /// <param name="candidatesPerLabel">The most candidates to train on for each labelled item, at least 1. Default: 10.</param>
    /// <param name="space">What to tell them apart by; the dataset's features by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public DiscriminativeStrategy(int subBatches = 10, int candidatesPerLabel = 10, FeatureSpace space = FeatureSpace.Features)
    {
        _subBatches = Guard.Positive(subBatches);
        _candidatesPerLabel = Guard.Positive(candidatesPerLabel);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="random">Draws the candidates to train on.</param>
    /// <param name="subBatches">n, at least 1.</param>
    /// <param name="candidatesPerLabel">The most candidates to train on for each labelled item, at least 1.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, or a number is out of range.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        RandomStream random,
        int subBatches = 10,
        int candidatesPerLabel = 10,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count);
        ArgumentNullException.ThrowIfNull(random);
        Guard.Positive(candidatesPerLabel);
        int parts = Math.Min(Guard.Positive(subBatches), count);
        var selected = new List<int>(count);
        var logits = new double[candidates.RowCount];
        for (int part = 0; part < parts; part++)
        {
            int size = (count - selected.Count) / (parts - part);
            int[] left = Left(candidates.RowCount, selected);
            RandomStream draws = random.Child(part);
            int against = labelled.RowCount + selected.Count;
            if (against == 0)
            {
                selected.AddRange(draws.Sample(left.Length, size));
                continue;
            }

            int trained = (int)Math.Min(left.Length, (long)candidatesPerLabel * against);
            int[] drawn = trained == left.Length ? left : [.. draws.Sample(left.Length, trained).Select(i => left[i])];
            FeatureMatrix rows = SelectionRows.Joined(candidates.SelectRows([.. drawn, .. selected]), labelled);
            var learner = BinaryLogistic.Fit(rows, trained, cancellationToken);
            Array.Fill(logits, double.NegativeInfinity);
            Blocks.ForEach(left.Length, maxDegreeOfParallelism, cancellationToken, (start, rowCount) =>
            {
                foreach (int i in left.AsSpan(start, rowCount))
                {
                    logits[i] = learner.Logit(candidates.Row(i));
                }
            });
            selected.AddRange(TopPositions.Of(logits, size));
        }

        return [.. selected];
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            context.RandomFor(nameof(DiscriminativeStrategy)),
            _subBatches,
            _candidatesPerLabel,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }

    private static int[] Left(int candidates, List<int> selected)
    {
        var taken = new HashSet<int>(selected);
        return [.. Enumerable.Range(0, candidates).Where(i => !taken.Contains(i))];
    }
}
