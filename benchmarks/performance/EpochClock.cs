using System.Diagnostics;
using PyRelationAL.Models;

namespace PyRelationAL.Benchmarks;

/// <summary>A schedule that changes nothing and notes when each epoch begins.</summary>
public sealed record EpochClock : LearningRateSchedule
{
    private readonly List<long> _begun = [];

    public override double Factor(int epoch, int epochs)
    {
        _begun.Add(Stopwatch.GetTimestamp());
        return 1;
    }

    /// <summary>The median over all epochs but the first, which warms up, and the last, whose end is not seen.</summary>
    public double MedianSeconds()
    {
        double[] seconds = [.. _begun.Skip(1).Zip(_begun.Skip(2), (from, to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds).Order()];
        return seconds[seconds.Length / 2];
    }
}
