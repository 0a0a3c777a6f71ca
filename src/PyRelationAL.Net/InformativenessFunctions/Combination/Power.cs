using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>A power of a score: s = s₁^p. Made by <c>a.Pow(p)</c>. The score must not be negative, nor 0 where p is negative.</summary>
public sealed class Power : IInformativenessFunction, ITrainingParticipant
{
    private readonly IInformativenessFunction _score;
    private readonly double _exponent;

    /// <summary>Creates the power.</summary>
    /// <param name="score">The score.</param>
    /// <param name="exponent">p, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not finite.</exception>
    public Power(IInformativenessFunction score, double exponent)
    {
        ArgumentNullException.ThrowIfNull(score);
        _score = score;
        _exponent = Guard.Finite(exponent);
    }

    /// <inheritdoc/>
    public Requirements Requirements => _score.Requirements;

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, _score);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Rounding below 0 (BALD's −1e-17) is 0; anything further down has no real power.
        return Array.ConvertAll(context.Score(_score), s => s >= -1e-12
            ? Math.Pow(Math.Max(0, s), _exponent)
            : throw new InvalidOperationException(Guard.Text($"{_score.GetType().Name} gave the score {s}; only scores of at least 0 have a power.")));
    }
}
