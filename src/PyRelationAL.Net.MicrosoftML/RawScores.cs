namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>What to do with a classifier whose scores are not probabilities.</summary>
public enum RawScores
{
    /// <summary>Training fails and says so.</summary>
    Refuse = 0,

    /// <summary>
    /// Probabilities are the softmax of the scores, exp sᵢ / Σⱼ exp sⱼ; for a binary trainer the logistic function of its one score. This is the posterior for
    /// naive Bayes, whose scores are log joint probabilities, and no more than a monotone map for margins such as those of a linear SVM or a perceptron.
    /// </summary>
    Softmax,
}
