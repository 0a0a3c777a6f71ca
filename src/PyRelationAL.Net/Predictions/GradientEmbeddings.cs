using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>
/// The gradient of each row's loss by the last layer's weights, g = a ⊗ h, kept as its factors a [N×K] and h [N×D] and never as N vectors of K·D numbers.
/// Immutable.
/// </summary>
/// <remarks>
/// For softmax outputs under cross-entropy with the predicted class ŷ as label, a = p − onehot(ŷ); for one real output, a = 1. Norms and inner products follow
/// from the factors: ‖g‖² = ‖a‖²‖h‖² and gᵢ·gⱼ = (aᵢ·aⱼ)(hᵢ·hⱼ). A bias is one more column of h that is 1. Source: Ash, Zhang, Krishnamurthy, Langford and
/// Agarwal, "Deep batch active learning by diverse, uncertain gradient lower bounds", ICLR 2020.
/// </remarks>
public sealed class GradientEmbeddings
{
    private readonly ReadOnlyMemory<double> _outputFactors;

    /// <summary>Wraps the factors; the arrays are not copied.</summary>
    /// <param name="outputFactors">a, N·K values, row-major: the loss's gradient by the outputs.</param>
    /// <param name="embeddings">h [N×D].</param>
    /// <exception cref="ArgumentException">The number of factors is no positive multiple of N, or one is NaN or infinite.</exception>
    public GradientEmbeddings(ReadOnlyMemory<double> outputFactors, FeatureMatrix embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        int rows = embeddings.RowCount;
        if (rows == 0 ? outputFactors.Length > 0 : outputFactors.Length == 0 || outputFactors.Length % rows != 0)
        {
            throw new ArgumentException(Guard.Text($"{outputFactors.Length} output factors cannot be {rows} rows of equal length."), nameof(outputFactors));
        }

        OutputCount = rows == 0 ? 0 : outputFactors.Length / rows;
        Guard.AllFinite(outputFactors.Span, Math.Max(1, OutputCount), "the output factors", nameof(outputFactors));
        _outputFactors = outputFactors;
        Embeddings = embeddings;
    }

    /// <summary>The number of rows N.</summary>
    public int RowCount => Embeddings.RowCount;

    /// <summary>K: the classes, or 1; 0 where there are no rows.</summary>
    public int OutputCount { get; }

    /// <summary>a [N×K], row-major.</summary>
    public ReadOnlySpan<double> OutputFactors => _outputFactors.Span;

    /// <summary>h [N×D].</summary>
    public FeatureMatrix Embeddings { get; }

    /// <summary>Gradients of the cross-entropy with the most probable class as label: a = p − onehot(ŷ).</summary>
    /// <param name="probabilities">p [N×C].</param>
    /// <param name="embeddings">h [N×D].</param>
    /// <returns>The factored gradients.</returns>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public static GradientEmbeddings OfCrossEntropy(ClassProbabilities probabilities, FeatureMatrix embeddings)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(embeddings);
        Guard.SameLength(probabilities.RowCount, embeddings.RowCount, "embeddings", nameof(embeddings));
        double[] factors = probabilities.Values.ToArray();
        for (int i = 0; i < probabilities.RowCount; i++)
        {
            factors[(i * probabilities.ClassCount) + probabilities.ArgMax(i)] -= 1;
        }

        return new GradientEmbeddings(factors, embeddings);
    }

    /// <summary>Gradients of a single linear output itself: a = 1, so g = h.</summary>
    /// <param name="embeddings">h [N×D].</param>
    /// <returns>The factored gradients.</returns>
    public static GradientEmbeddings OfValue(FeatureMatrix embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var ones = new double[embeddings.RowCount];
        Array.Fill(ones, 1);
        return new GradientEmbeddings(ones, embeddings);
    }

    /// <summary>a of one row.</summary>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>K values.</returns>
    public ReadOnlySpan<double> OutputFactor(int row) => _outputFactors.Span.Slice(row * OutputCount, OutputCount);

    /// <summary>‖g‖² = ‖a‖²‖h‖² of one row. O(K + D).</summary>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>The squared norm.</returns>
    public double SquaredNorm(int row) => InnerProduct(row, row);

    /// <summary>gᵢ·gⱼ = (aᵢ·aⱼ)(hᵢ·hⱼ), summed in double. O(K + D).</summary>
    /// <param name="i">A row.</param>
    /// <param name="j">A row.</param>
    /// <returns>The inner product.</returns>
    public double InnerProduct(int i, int j)
    {
        ReadOnlySpan<float> left = Embeddings.Row(i), right = Embeddings.Row(j);
        double sum = 0;
        for (int d = 0; d < left.Length; d++)
        {
            sum += (double)left[d] * right[d];
        }

        return TensorPrimitives.Dot(OutputFactor(i), OutputFactor(j)) * sum;
    }

    /// <summary>‖gᵢ − gⱼ‖² = ‖gᵢ‖² + ‖gⱼ‖² − 2 gᵢ·gⱼ, at least 0, and 0 exactly for i = j. O(K + D).</summary>
    /// <param name="i">A row.</param>
    /// <param name="j">A row.</param>
    /// <returns>The squared distance.</returns>
    public double SquaredDistance(int i, int j) => i == j ? 0 : Math.Max(0, SquaredNorm(i) + SquaredNorm(j) - (2 * InnerProduct(i, j)));
}
