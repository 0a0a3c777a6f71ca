using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>A similarity between two rows, in [0, 1], and 1 for equal rows.</summary>
public abstract class Similarity
{
    /// <summary>1 / (1 + Euclidean distance), as in modAL.</summary>
    public static Similarity InverseDistance { get; } = new FromDistance(static d => 1 / (1 + d));

    /// <summary>(1 + cos(a, b)) / 2: the cosine shifted to [0, 1].</summary>
    public static Similarity Cosine { get; } = new CosineSimilarity();

    /// <summary>exp(−γ ‖a − b‖²).</summary>
    /// <param name="gamma">γ, greater than 0.</param>
    /// <returns>The similarity.</returns>
    public static Similarity RadialBasis(double gamma)
    {
        Guard.Positive(gamma);
        return new FromDistance(d => Math.Exp(-gamma * d * d));
    }

    /// <summary>The similarity of two rows of equal length.</summary>
    /// <param name="a">One row.</param>
    /// <param name="b">The other.</param>
    /// <returns>A value in [0, 1].</returns>
    public abstract double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    /// <summary>The similarities of one row to many; the values are those of <see cref="Between"/>.</summary>
    /// <param name="from">One row of D values.</param>
    /// <param name="rows">Rows [N×D], row-major.</param>
    /// <param name="similarities">N similarities to write.</param>
    public virtual void ToRows(ReadOnlySpan<double> from, ReadOnlySpan<double> rows, Span<double> similarities)
    {
        for (int i = 0; i < similarities.Length; i++)
        {
            similarities[i] = Between(from, rows.Slice(i * from.Length, from.Length));
        }
    }

    private sealed class FromDistance(Func<double, double> similarity) : Similarity
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => similarity(DistanceMetric.Euclidean.Between(a, b));

        public override void ToRows(ReadOnlySpan<double> from, ReadOnlySpan<double> rows, Span<double> similarities)
        {
            DistanceMetric.Euclidean.ToRows(from, rows, similarities);
            for (int i = 0; i < similarities.Length; i++)
            {
                similarities[i] = similarity(similarities[i]);
            }
        }
    }

    private sealed class CosineSimilarity : Similarity
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => 1 - (DistanceMetric.Cosine.Between(a, b) / 2);
    }
}
