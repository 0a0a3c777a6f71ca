namespace PyRelationAL.Models;

/// <summary>The same learning rate throughout.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <summary>1.</summary>
    /// <inheritdoc/>
    public override double Factor(int epoch, int epochCount) => 1;
}
