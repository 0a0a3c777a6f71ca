using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Cost-effective active learning: queries as another strategy does, and has the next model trained also on the candidates that this one is sure of, those
/// with entropy H(p) &lt; δₜ, with their most probable class for a label. δₜ = δ₀ − d·t(t + 1)/2 in round t, so fewer are trusted as what is asked gets harder.
/// </summary>
/// <remarks>
/// <para>
/// Wang, Zhang, Li, Zhang and Lin, "Cost-effective active learning for deep image classification", IEEE TCSVT 2017: δₜ = δₜ₋₁ − d·t. The supposed labels are
/// made anew in each round, serve one training and are stored nowhere; see <see cref="IPseudoLabeller"/>. Without a pipeline only the query is left.
/// </para>
/// <para>
/// An entropy of 0 is the surest of all; δₜ ≤ 0 trusts nothing. The round t is <see cref="QueryContext.Round"/>. A <see cref="SubPoolStrategy"/>
/// around it narrows the query, and not what is supposed. O(N·C) beside the inner strategy.
/// </para>
/// </remarks>
public sealed class CEALStrategy : Strategy, IPseudoLabeller, ITrainingParticipant
{
    private readonly IStrategy _inner;
    private readonly double _threshold;
    private readonly double _decay;

    /// <summary>Creates the strategy.</summary>
    /// <param name="inner">Decides what to query; by default the largest entropy.</param>
    /// <param name="threshold">δ₀ in nats, at least 0. Default: 0.05, as in the paper for faces.</param>
    /// <param name="decay">d, at least 0. Default: 0.0033, as there; with both, nothing is supposed from round 5 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public CEALStrategy(IStrategy? inner = null, double threshold = 0.05, double decay = 0.0033)
    {
        _inner = inner ?? new EntropyClassificationStrategy();
        _threshold = Guard.NonNegative(threshold);
        _decay = Guard.NonNegative(decay);
        Requirements = _inner.Requirements.And(new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities));
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>δₜ = δ₀ − d·t(t + 1)/2.</summary>
    /// <param name="round">t, from 0.</param>
    /// <param name="threshold">δ₀, at least 0.</param>
    /// <param name="decay">d, at least 0.</param>
    /// <returns>The threshold, which may be below 0.</returns>
    public static double Threshold(int round, double threshold = 0.05, double decay = 0.0033) =>
        Guard.NonNegative(threshold) - (Guard.NonNegative(decay) * (0.5 * Guard.NonNegative(round) * (round + 1.0)));

    /// <summary>The rows with an entropy below a threshold. O(N·C).</summary>
    /// <param name="probabilities">P [N×C].</param>
    /// <param name="threshold">δ in nats.</param>
    /// <returns>Their positions, ascending.</returns>
    public static int[] Confident(ClassProbabilities probabilities, double threshold)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        var entropies = new double[probabilities.RowCount];
        Entropies.OfRows(probabilities.Values, probabilities.ClassCount, entropies);
        return [.. Enumerable.Range(0, entropies.Length).Where(i => entropies[i] < threshold)];
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _inner);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        double threshold = Threshold(context.Round, _threshold, _decay);
        return threshold <= 0
            ? []
            : [.. Confident(context.ClassProbabilities, threshold).Select(i =>
                new PseudoLabel(context.Pool.Indices[i], Label.OfClass(context.ClassProbabilities.ArgMax(i))))];
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BatchOf(_inner.Suggest(context, count), context.Pool);
    }
}
