using PyRelationAL.Distances;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL;

/// <summary>The selection criteria by name.</summary>
public static class Selection
{
    /// <summary>The highest scores; ties by lowest dataset index.</summary>
    public static ISelectionCriterion TopK { get; } = new TopK();

    /// <summary>The highest scores; ties at random.</summary>
    public static ISelectionCriterion TopKRandomTies { get; } = new TopK(TieBreaking.Random);

    /// <summary>Draws in proportion to the scores.</summary>
    public static ISelectionCriterion Probabilistic { get; } = new ProbabilisticSampling();

    /// <summary>Draws in proportion to a power of the scores.</summary>
    /// <param name="beta">β, at least 0.</param>
    /// <returns>The criterion.</returns>
    public static ISelectionCriterion Power(double beta = 1) => new PowerSampling(beta);

    /// <summary>Draws in proportion to exp(β s).</summary>
    /// <param name="beta">β, at least 0.</param>
    /// <returns>The criterion.</returns>
    public static ISelectionCriterion Softmax(double beta = 1) => new SoftmaxSampling(beta);

    /// <summary>Draws in proportion to rank^−β.</summary>
    /// <param name="beta">β, at least 0.</param>
    /// <returns>The criterion.</returns>
    public static ISelectionCriterion SoftRank(double beta = 1) => new SoftRankSampling(beta);

    /// <summary>The highest scores, and a share ε at random.</summary>
    /// <param name="epsilon">ε, in [0, 1].</param>
    /// <returns>The criterion.</returns>
    public static ISelectionCriterion EpsilonGreedy(double epsilon = 0.05) => new EpsilonGreedy(epsilon);

    /// <summary>High scores far from what is labelled and from each other.</summary>
    /// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The criterion.</returns>
    public static ISelectionCriterion RankedBatch(Similarity? similarity = null, FeatureSpace space = FeatureSpace.Features) =>
        new RankedBatch(similarity, space);

    /// <summary>Another criterion on a random subset.</summary>
    /// <param name="inner">What to apply.</param>
    /// <param name="size">The size of the subset, at least 1.</param>
    /// <returns>The criterion.</returns>
    public static ISelectionCriterion RandomSubPool(ISelectionCriterion inner, int size) => new RandomSubPool(inner, size);
}
