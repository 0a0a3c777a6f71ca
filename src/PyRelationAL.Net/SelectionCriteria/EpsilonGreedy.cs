using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>
/// ε-greedy: of a batch of b, ε·b candidates are drawn uniformly from those left over and the rest are the top scores. Where ε·b is no whole number, chance
/// rounds it, so that the expected share of exploration is ε for every batch size.
/// </summary>
/// <remarks>
/// Scherer et al. 2022 (arXiv 2205.11117, listing). The listing takes ⌊(1 − ε) b⌋ top scores, which agrees where ε·b is whole, but explores always with a batch
/// of one.
/// </remarks>
public sealed class EpsilonGreedy : ISelectionCriterion
{
    private readonly double _epsilon;

    /// <summary>Creates the criterion.</summary>
    /// <param name="epsilon">ε, in [0, 1]. Default: 0.05.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is outside [0, 1].</exception>
    public EpsilonGreedy(double epsilon = 0.05)
    {
        _epsilon = Guard.Share(epsilon);
    }

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.None;

    /// <summary>Selects positions: the top scores first, then the random ones.</summary>
    /// <param name="scores">N finite scores.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="epsilon">ε, in [0, 1].</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns><paramref name="count"/> distinct positions.</returns>
    /// <exception cref="ArgumentException">A score is not finite, or another value is out of range.</exception>
    public static int[] Select(ReadOnlySpan<double> scores, int count, double epsilon, RandomStream random)
    {
        SelectionArguments.Check(scores, count);
        Guard.Share(epsilon);
        ArgumentNullException.ThrowIfNull(random);
        double expected = epsilon * count;
        // 0.05 · 20 is 1 but for rounding; only a real fraction is left to chance.
        int explore = (int)Math.Floor(expected + 1e-9);
        explore += expected - explore > 1e-9 && random.NextDouble() < expected - explore ? 1 : 0;
        int[] greedy = TopPositions.Of(scores, count - explore);
        var taken = new HashSet<int>(greedy);
        int[] rest = [.. Enumerable.Range(0, scores.Length).Where(i => !taken.Contains(i))];
        return [.. greedy, .. random.Sample(rest.Length, explore).Select(i => rest[i])];
    }

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Select(scores, count, _epsilon, context.RandomFor(nameof(EpsilonGreedy)));
    }
}
