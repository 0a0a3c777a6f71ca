using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// How <see cref="CCALStrategy"/> and <see cref="MQNetStrategy"/> learn features without labels: a network of one hidden layer maps two augmented copies of a
/// row near each other and away from those of other rows, by NT-Xent. From the dataset's features this is done once in a run of a pipeline, as long as it
/// has the same items, those of the pool and those known together; from embeddings, or without a pipeline, in each query. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Chen, Kornblith, Norouzi and Hinton, "A simple framework for contrastive learning of visual representations" (SimCLR), ICML 2020: the loss is the mean
/// over the 2B copies of −ln(exp(s₊/τ) / Σ exp(s/τ)), s the cosine with the partner and with all others. Distinctive features add shifts, after Tack, Mo,
/// Jeong and Shin, "CSI", NeurIPS 2020: each row also stands in three rotated versions, which count as other rows, and the network learns to tell the
/// rotation too, by cross-entropy.
/// </para>
/// <para>
/// For images the augmentations are crops, flips and colours, and the shifts are rotations by 90°. Rows have none of these. Here a copy is the standardised
/// row plus Gaussian noise, with some features set to their mean; a shift turns the row by 90°, 180° or 270° in the planes of randomly paired features. Both
/// say less than they do of an image: on raw features these methods are weaker than on the embeddings of a network that knows its domain, which can be given
/// instead (<see cref="FeatureSpace.Embeddings"/>).
/// </para>
/// </remarks>
public sealed record ContrastiveLearning
{
    /// <summary>The rows as they are, standardised: for embeddings that are good already.</summary>
    public static ContrastiveLearning None { get; } = new() { Epochs = 0 };

    /// <summary>How often the rows are gone through, at least 0; 0 learns nothing and takes the rows as they are.</summary>
    /// <value>20.</value>
    public int Epochs { get; init => field = Guard.NonNegative(value); } = 20;

    /// <summary>The width of the hidden layer, at least 1.</summary>
    /// <value>64.</value>
    public int HiddenWidth { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>The width of the features, at least 1.</summary>
    /// <value>32.</value>
    public int OutputWidth { get; init => field = Guard.Positive(value); } = 32;

    /// <summary>The standard deviation of the noise, at least 0, in standard deviations of each feature.</summary>
    /// <value>0.3.</value>
    public double Noise { get; init => field = Guard.NonNegative(value); } = 0.3;

    /// <summary>The share of the features of a copy, in [0, 1], that are set to their mean.</summary>
    /// <value>0.2.</value>
    public double DropShare { get; init => field = Guard.Share(value); } = 0.2;

    /// <summary>τ, at least 0.002: of less, exp(1/τ) is no double.</summary>
    /// <value>0.5, as in CCAL.</value>
    public double Temperature
    {
        get;
        init => field = Guard.Positive(value) >= 0.002
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, Guard.Text($"{nameof(Temperature)} is {value}; it must be at least 0.002."));
    } = 0.5;

    /// <summary>The most rows that are learned from, at least 2; of a larger pool a random part.</summary>
    /// <value>2,048.</value>
    public int LargestRowCount { get; init => field = Guard.Positive(value - 1) + 1; } = 2048;
}
