namespace PyRelationAL.Models;

/// <summary>How hidden layers are normalised, between the linear map and the activation.</summary>
public enum NetworkNormalisation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Each row over its units (Ba, Kiros and Hinton, "Layer normalization", 2016).</summary>
    Layer,

    /// <summary>
    /// Each unit over the mini-batch, with running moments in predictions (Ioffe and Szegedy, ICML 2015). A mini-batch of one row uses the running moments.
    /// </summary>
    Batch,
}
