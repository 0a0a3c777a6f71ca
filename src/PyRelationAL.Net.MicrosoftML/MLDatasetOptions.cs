using Microsoft.ML;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>How <see cref="MLDataset.FromDataView"/> reads a data view.</summary>
public sealed record MLDatasetOptions
{
    /// <summary>The dataset's name.</summary>
    /// <value>data view</value>
    public string Name { get; init; } = "data view";

    /// <summary>The label column; null where there is none, and <see cref="Task"/> says what is to be learned.</summary>
    /// <value>Label</value>
    public string? LabelColumn { get; init; } = "Label";

    /// <summary>The feature columns, in order: numbers, Booleans (0 and 1), and vectors of float32 or float64 of fixed size.</summary>
    /// <value>Features</value>
    public IReadOnlyList<string> FeatureColumns { get; init; } = ["Features"];

    /// <summary>
    /// An estimator that makes the feature columns out of others, such as <c>ml => ml.Transforms.Text.FeaturizeText("Features", "Text")</c>. It is fitted to
    /// the whole data view, test rows included; that is harmless for a vocabulary and a leak for anything that looks at labels.
    /// </summary>
    /// <value>null: the columns are taken as they are.</value>
    public Func<MLContext, IEstimator<ITransformer>>? Featuriser { get; init; }

    /// <summary>What is to be learned.</summary>
    /// <value>null: as the label column's type says.</value>
    public LearningTask? Task { get; init; }

    /// <summary>
    /// Whether labels may be missing: a key of 0, which ML.NET also gives to values that are not in the key's dictionary, NaN, or an empty text.
    /// </summary>
    /// <value>false</value>
    public bool AllowMissingLabels { get; init; }
}
