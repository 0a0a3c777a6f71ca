using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>How <see cref="WAALStrategy"/> trains features and critic, and what it makes of the critic. Immutable.</summary>
public sealed record WAALOptions
{
    /// <summary>
    /// α, at least 0: the weight, beside the model's own loss, of features that the critic cannot tell apart. With 0 the strategy takes no part in the
    /// training, and the critic is trained afterwards.
    /// </summary>
    /// <value>1e-3, as in the authors' program.</value>
    public double FeatureWeight { get; init => field = Guard.NonNegative(value); } = 1e-3;

    /// <summary>
    /// γ, at least 0: the weight of the labelled items' mean against that of the candidates, for features and critic. With 1 the critic measures a distance,
    /// to which constants make no difference.
    /// </summary>
    /// <value>1; L/U in the authors' program.</value>
    public double LabelledWeight { get; init => field = Guard.NonNegative(value); } = 1;

    /// <summary>Steps of the critic for each step of the model, at least 1, where both are trained jointly.</summary>
    /// <value>5, as in Gulrajani et al., NIPS 2017; 1 in the authors' program.</value>
    public int CriticSteps { get; init => field = Guard.Positive(value); } = 5;

    /// <summary>λ, at least 0: the weight of the critic against the uncertainty.</summary>
    /// <value>10, as in the paper.</value>
    public double CriticWeight { get; init => field = Guard.NonNegative(value); } = 10;

    /// <summary>ρ, at least 0: the weight of the gradient penalty.</summary>
    /// <value>10, as in Gulrajani et al., NIPS 2017.</value>
    public double GradientPenalty { get; init => field = Guard.NonNegative(value); } = 10;

    /// <summary>The width of the two hidden layers, at least 1.</summary>
    /// <value>64.</value>
    public int HiddenWidth { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>Passes over the pool, at least 1, where the critic is trained afterwards; trained jointly, it takes the model's steps.</summary>
    /// <value>100.</value>
    public int Epochs { get; init => field = Guard.Positive(value); } = 100;

    /// <summary>The most candidates in a step, at least 1, and the most labelled items in one of a critic that is trained afterwards.</summary>
    /// <value>64.</value>
    public int BatchSize { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>Adam's learning rate, greater than 0.</summary>
    /// <value>1e-3.</value>
    public double LearningRate { get; init => field = Guard.Positive(value); } = 1e-3;
}
