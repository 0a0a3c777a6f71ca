using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>A weighted sum of scores: s = Σₖ wₖ sₖ. Made by <c>0.7 * a + 0.3 * b</c>.</summary>
/// <remarks>Scores of different scales should be normalised first (<see cref="Normalised"/>), or the one with the largest numbers decides alone.</remarks>
public sealed class WeightedSum : IInformativenessFunction, ITrainingParticipant
{
    private readonly (double Weight, IInformativenessFunction Score)[] _terms;

    /// <summary>Creates the sum.</summary>
    /// <param name="terms">At least one term; weights are finite.</param>
    /// <exception cref="ArgumentException">There is no term, or a weight is not finite.</exception>
    public WeightedSum(params (double Weight, IInformativenessFunction Score)[] terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Length == 0)
        {
            throw new ArgumentException("A weighted sum needs at least one term.", nameof(terms));
        }

        foreach ((double weight, IInformativenessFunction score) in terms)
        {
            Guard.Finite(weight);
            ArgumentNullException.ThrowIfNull(score);
        }

        // Sums of sums are kept flat, so that a + b + c is one pass.
        _terms = [.. terms.SelectMany(t => t.Score is WeightedSum inner ? inner._terms.Select(i => (t.Weight * i.Weight, i.Score)) : [t])];
        Requirements = _terms.Aggregate(Requirements.None, (all, t) => all.And(t.Score.Requirements));
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, [.. _terms.Select(t => t.Score)]);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var sum = new double[context.Pool.Count];
        foreach ((double weight, IInformativenessFunction score) in _terms)
        {
            double[] values = context.Score(score);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += weight * values[i];
            }
        }

        return sum;
    }
}
