namespace PyRelationAL.Reproduction.Models;

/// <summary>The Laplace approximation of one binary problem, found and asked in one of two equivalent ways.</summary>
internal interface ILaplaceSpace
{
    /// <summary>Finds the mode of the posterior.</summary>
    /// <param name="items">The labelled items.</param>
    /// <param name="targets">1 for the positive class, 0 for the other.</param>
    void FindMode(ReadOnlySpan<int> items, double[] targets);

    /// <summary>Writes the latent mean of each item.</summary>
    void WriteMeans(ReadOnlySpan<int> items, Span<double> means);

    /// <summary>Writes the latent variance of each item.</summary>
    void WriteVariances(ReadOnlySpan<int> items, Span<double> variances);
}
