using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Applies another strategy within each predicted class, so that the labelled classes become even: each place of the batch goes to the class with the fewest
/// labels, those already planned for it included, as long as it has candidates.
/// </summary>
/// <remarks>
/// <para>
/// ClassBalancer of small-text (Schröder, Müller, Niekler and Potthast, EACL 2023, system demonstrations), which breaks ties between classes at random and
/// gives the places that a class has no candidates for to random others. A class counts its labelled items; a predicted class is the most probable one. Ties
/// go to the lowest class. EntropyCB and CoresetCB weigh balance against their score instead.
/// </para>
/// <para>
/// The batch has no scores, since those of one class say nothing of another's. Class probabilities are predicted for the pool, and again by the other
/// strategy for what it asks of a class. Without labels the batch is dealt out evenly.
/// </para>
/// </remarks>
public sealed class ClassBalancerStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly IStrategy _inner;

    /// <summary>Wraps a strategy.</summary>
    /// <param name="inner">What to apply to the candidates of each predicted class.</param>
    public ClassBalancerStrategy(IStrategy inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        Requirements = inner.Requirements.And(new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities));
    }

    /// <inheritdoc/>
    public override string Name => $"{_inner.Name} balanced";

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Deals out a batch over classes. O(b·C).</summary>
    /// <param name="labelled">How many labels each class has, C numbers.</param>
    /// <param name="available">How many candidates each class has, C numbers.</param>
    /// <param name="count">b, in [0, Σ available].</param>
    /// <returns>The class of each place in the batch.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a number is negative, or there are not so many candidates.</exception>
    public static int[] DealOut(ReadOnlySpan<int> labelled, ReadOnlySpan<int> available, int count)
    {
        Guard.SameLength(labelled.Length, available.Length, "numbers of candidates", nameof(available));
        int candidates = 0;
        for (int c = 0; c < labelled.Length; c++)
        {
            Guard.NonNegative(labelled[c], nameof(labelled));
            candidates += Guard.NonNegative(available[c], nameof(available));
        }

        SelectionBounds.Check(count, candidates);
        var planned = new int[labelled.Length];
        var places = new int[count];
        for (int k = 0; k < count; k++)
        {
            int next = -1;
            for (int c = 0; c < planned.Length; c++)
            {
                if (planned[c] < available[c] && (next < 0 || labelled[c] + planned[c] < labelled[next] + planned[next]))
                {
                    next = c;
                }
            }

            planned[next]++;
            places[k] = next;
        }

        return places;
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _inner);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => StrategyParts.LabelsOf(context, _inner);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClassProbabilities probabilities = context.ClassProbabilities;
        var members = new List<int>[probabilities.ClassCount];
        var labelled = new int[members.Length];
        for (int c = 0; c < members.Length; c++)
        {
            members[c] = [];
        }

        for (int i = 0; i < probabilities.RowCount; i++)
        {
            members[probabilities.ArgMax(i)].Add(i);
        }

        foreach (int c in context.Labelled.ClassLabels())
        {
            labelled[c]++;
        }

        int[] places = DealOut(labelled, Array.ConvertAll(members, m => m.Count), count);
        var queues = new Queue<int>[members.Length];
        for (int c = 0; c < members.Length; c++)
        {
            Suggestion suggestion = _inner.Suggest(context.Restrict(members[c].ToArray()), places.Count(place => place == c));
            queues[c] = new Queue<int>(BatchOf(suggestion, context.Pool).Positions);
        }

        return new Batch(Array.ConvertAll(places, c => queues[c].Dequeue()));
    }
}
