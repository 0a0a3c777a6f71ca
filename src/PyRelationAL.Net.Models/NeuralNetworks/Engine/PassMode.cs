namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>What a forward pass is for.</summary>
internal enum PassMode
{
    /// <summary>Dropout off, running statistics in use.</summary>
    Prediction,

    /// <summary>A mask for each row and unit, batch statistics in use and recorded.</summary>
    Training,

    /// <summary>Prediction with one dropout mask for all rows, the same in every pass with the same stream.</summary>
    SharedMasks,

    /// <summary>Prediction with a dropout mask for each row.</summary>
    RowMasks,
}
