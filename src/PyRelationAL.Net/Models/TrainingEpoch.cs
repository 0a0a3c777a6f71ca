using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>A finished epoch of training.</summary>
public sealed class TrainingEpoch
{
    private readonly double[] _outputs;

    /// <summary>Creates the record of an epoch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="labelled">The labelled items.</param>
    /// <param name="outputs">L·K outputs of the labelled items after the epoch, row-major; empty where nobody asked for them. Not copied.</param>
    public TrainingEpoch(int epoch, DatasetView labelled, double[] outputs)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentNullException.ThrowIfNull(outputs);
        Epoch = Guard.NonNegative(epoch);
        Labelled = labelled;
        _outputs = outputs;
    }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The items that the model is trained on.</summary>
    public DatasetView Labelled { get; }

    /// <summary>Class probabilities [L×C], or values [L], of the labelled items as the model would predict them now; empty where nobody asked.</summary>
    public ReadOnlySpan<double> Outputs => _outputs;
}
