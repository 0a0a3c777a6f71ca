using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>What the stochastic criteria have in common: they draw without replacement in proportion to weights that follow from the scores.</summary>
/// <remarks>Kirsch, Farquhar, Atighehchian, Jesson, Branchaud-Charron and Gal, TMLR 2023 (arXiv 2106.12059).</remarks>
public abstract class StochasticSampling : ISelectionCriterion
{
    private readonly double _beta;

    private protected StochasticSampling(double beta)
    {
        _beta = Guard.NonNegative(beta);
    }

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.None;

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Draw(scores, count, _beta, context.RandomFor(GetType().Name), LogWeights);
    }

    /// <summary>The logarithms of the weights, up to a constant; −∞ where the weight is 0.</summary>
    private protected abstract double[] LogWeights(ReadOnlySpan<double> scores, double beta);

    private protected static int[] Draw(
        ReadOnlySpan<double> scores, int count, double beta, RandomStream random, Func<ReadOnlySpan<double>, double, double[]> logWeights)
    {
        SelectionArguments.Check(scores, count);
        Guard.NonNegative(beta);
        ArgumentNullException.ThrowIfNull(random);
        return WeightedSampling.WithoutReplacement(logWeights(scores, beta), count, random);
    }
}
