namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Settings of the model managers around an ML.NET estimator: the columns it is given and those it is read from.</summary>
public sealed record MLModelOptions
{
    /// <summary>The column that holds the features, a float32 vector of fixed size.</summary>
    /// <value>Features</value>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>The column that holds the labels.</summary>
    /// <value>Label</value>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The column that the estimator writes its scores to.</summary>
    /// <value>Score</value>
    public string ScoreColumn { get; init; } = "Score";

    /// <summary>The column that a calibrated binary trainer writes the probability of class 1 to.</summary>
    /// <value>Probability</value>
    public string ProbabilityColumn { get; init; } = "Probability";

    /// <summary>What to do where scores are not probabilities. Regression does not look at it.</summary>
    /// <value><see cref="RawScores.Refuse"/></value>
    public RawScores RawScores { get; init; } = RawScores.Refuse;
}
