using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// EntropyCB, class-balanced entropy: a batch of large entropy whose predicted classes make up what the labelled classes lack. Minimises
/// Σᵢ Σ_c pᵢ_c ln pᵢ_c + λ ‖Σᵢ pᵢ − Ω‖₁ over the batch.
/// </summary>
/// <remarks>
/// <para>
/// Bengar, van de Weijer, Fuentes and Raducanu, "Class-balanced active learning for image classification", WACV 2022. Ω_c = max(⌊(L + b)/C⌋ − n_c, 0) with
/// n_c labels of
/// class c: their threshold, for any number of initial labels. They solve an integer program; here candidates are added one after the other, each the one
/// that lowers
/// the sum most (or raises it least), so the minimum may be missed.
/// </para>
/// <para>Ties by the lowest index. O(b·N·C) time, in parallel over candidates; O(N) memory.</para>
/// </remarks>
public sealed class EntropyCBStrategy : Strategy
{
    private readonly double _balance;

    /// <summary>Creates the strategy.</summary>
    /// <param name="balance">λ, at least 0; 0 is plain entropy. Default: 0.6, the paper's for ten classes (2 for a hundred).</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public EntropyCBStrategy(double balance = 0.6)
    {
        _balance = Guard.NonNegative(balance);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    /// <summary>Selects positions from class probabilities.</summary>
    /// <param name="probabilities">P [N×C].</param>
    /// <param name="missing">Ω: how many labels each of the C classes lacks.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="balance">λ, at least 0.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The counts do not fit, or a number is out of range.</exception>
    public static int[] Select(
        ClassProbabilities probabilities,
        ReadOnlySpan<double> missing,
        int count,
        double balance = 0.6,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        var classes = new ClassBalance(probabilities, missing, count);
        Guard.NonNegative(balance);
        var entropies = new double[probabilities.RowCount];
        Entropies.OfRows(probabilities.Values, probabilities.ClassCount, entropies);
        var taken = new bool[entropies.Length];
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            int next = ClassBalance.Smallest(taken, i => (balance * classes.With(i)) - entropies[i], maxDegreeOfParallelism, cancellationToken);
            selected[k] = next;
            taken[next] = true;
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
            ClassBalance.Missing(context, count),
            count,
            _balance,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }
}
