namespace PyRelationAL.Models;

/// <summary>How the learning rate changes from epoch to epoch. Immutable. Derive from it for a schedule of one's own.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The factor on the optimiser's learning rate.</summary>
    /// <param name="epoch">In [0, <paramref name="epochCount"/>).</param>
    /// <param name="epochCount">The most epochs the training will take.</param>
    /// <returns>A finite number, at least 0.</returns>
    public abstract double Factor(int epoch, int epochCount);
}
