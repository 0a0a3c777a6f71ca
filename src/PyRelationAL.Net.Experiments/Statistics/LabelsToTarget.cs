using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>How many labels a run needed to reach a target. Immutable.</summary>
/// <param name="Labelled">Labelled items at the first round that reached it; where none did, at the last round: at least so many are not enough.</param>
/// <param name="IsReached">Whether a round reached it; otherwise the number is right-censored.</param>
public readonly record struct LabelsToTarget(int Labelled, bool IsReached)
{
    /// <summary>Finds the first round whose score is at least (for metrics that shrink: at most) the target. O(rounds).</summary>
    /// <param name="labelled">Labelled items by round, never falling; at least one round.</param>
    /// <param name="curve">
    /// The scores by round. Smooth them first (<see cref="CurveSmoothing.Isotonic"/>, <see cref="CurveSmoothing.RunningMedian"/>): the first crossing of a
    /// noisy curve comes too early.
    /// </param>
    /// <param name="target">The target, for example from <see cref="TargetScore.OfFull"/>.</param>
    /// <param name="higherIsBetter">Whether higher scores are better.</param>
    /// <returns>The number, or that it is not known.</returns>
    /// <exception cref="ArgumentException">There are no rounds, the lengths differ, a score is not finite, or the labels fall.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The target is not finite.</exception>
    public static LabelsToTarget Of(ReadOnlySpan<int> labelled, ReadOnlySpan<double> curve, double target, bool higherIsBetter)
    {
        Guard.Finite(target);
        CurveMeasures.Check(labelled, curve);
        for (int i = 0; i < curve.Length; i++)
        {
            if (higherIsBetter ? curve[i] >= target : curve[i] <= target)
            {
                return new LabelsToTarget(labelled[i], true);
            }
        }

        return new LabelsToTarget(labelled[^1], false);
    }
}
