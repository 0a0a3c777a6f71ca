namespace PyRelationAL.Strategies;

/// <summary>Similarities between points, computed when they are asked for: candidates first, then the query set, then the private set.</summary>
internal interface ISimilarities
{
    /// <summary>The similarities, in [−1, 1], of a point with consecutive points.</summary>
    void Of(int from, int start, Span<double> similarities);
}
