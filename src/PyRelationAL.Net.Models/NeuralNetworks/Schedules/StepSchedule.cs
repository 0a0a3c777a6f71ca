using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Multiplies the learning rate by a factor every so many epochs.</summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="everyEpochs">Epochs between two changes; at least 1.</param>
    /// <param name="decay">The factor; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public StepSchedule(int everyEpochs, double decay = 0.1)
    {
        EveryEpochs = Guard.Positive(everyEpochs);
        Decay = Guard.Share(decay);
    }

    /// <summary>Epochs between two changes.</summary>
    public int EveryEpochs { get; }

    /// <summary>The factor.</summary>
    public double Decay { get; }

    /// <summary>decay^⌊epoch/everyEpochs⌋.</summary>
    /// <inheritdoc/>
    public override double Factor(int epoch, int epochCount) => Math.Pow(Decay, epoch / EveryEpochs);
}
