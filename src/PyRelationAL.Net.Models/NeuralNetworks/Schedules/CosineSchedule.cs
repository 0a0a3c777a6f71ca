using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Lets the learning rate fall along half a cosine (Loshchilov and Hutter, ICLR 2017, without restarts).</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="finalShare">The share of the learning rate that it ends with; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public CosineSchedule(double finalShare = 0)
    {
        FinalShare = Guard.Share(finalShare);
    }

    /// <summary>The share of the learning rate that it ends with.</summary>
    public double FinalShare { get; }

    /// <summary>s + (1 − s)(1 + cos(π·epoch/epochCount))/2, with s the final share.</summary>
    /// <inheritdoc/>
    public override double Factor(int epoch, int epochCount) =>
        FinalShare + ((1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * epoch / epochCount)));
}
