namespace PyRelationAL.Models;

/// <summary>What the loss of an auxiliary head is computed from: B rows of one training step.</summary>
public readonly ref struct AuxiliaryBatch
{
    /// <summary>The epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>The row of each batch row's item among the labelled items [B].</summary>
    public required ReadOnlySpan<int> Rows { get; init; }

    /// <summary>The network's loss for each row [B], to be taken as a constant.</summary>
    public required ReadOnlySpan<double> Losses { get; init; }

    /// <summary>The head's outputs [B×K], row-major.</summary>
    public required ReadOnlySpan<float> Outputs { get; init; }

    /// <summary>K.</summary>
    public required int OutputCount { get; init; }
}
