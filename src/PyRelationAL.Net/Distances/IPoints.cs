namespace PyRelationAL.Distances;

/// <summary>
/// N points of a Euclidean space that may never be built: what greedy coverage and k-means++ need of rows, of gradient embeddings in factors, or of a kernel's
/// features.
/// </summary>
internal interface IPoints
{
    /// <summary>N.</summary>
    int Count { get; }

    /// <summary>‖x‖² of one point.</summary>
    double SquaredNorm(int point);

    /// <summary>Squared distances, at least 0, from one point to consecutive ones; 0 for duplicates.</summary>
    /// <param name="from">The one.</param>
    /// <param name="start">The first of the others.</param>
    /// <param name="distances">To write, one for each; a distance does not depend on how many are asked for.</param>
    void SquaredDistances(int from, int start, Span<double> distances);

    /// <summary>Squared distances from one point to some others; the values are those of the other overload, whichever of the two points is the one.</summary>
    /// <param name="from">The one.</param>
    /// <param name="others">The others, in any order.</param>
    /// <param name="distances">To write, one for each.</param>
    void SquaredDistances(int from, ReadOnlySpan<int> others, Span<double> distances);
}
