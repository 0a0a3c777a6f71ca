using System.Numerics.Tensors;

namespace PyRelationAL.Distances;

/// <summary>A distance between two rows. Derive from it for a metric of one's own.</summary>
/// <remarks>Rows are float32 where they are kept and are widened to double before they come here: everything is accumulated in double.</remarks>
public abstract class DistanceMetric
{
    /// <summary>√Σ (aⱼ − bⱼ)².</summary>
    public static DistanceMetric Euclidean { get; } = new EuclideanDistance();

    /// <summary>Σ (aⱼ − bⱼ)²; ranks as the Euclidean distance does.</summary>
    public static DistanceMetric SquaredEuclidean { get; } = new SquaredEuclideanDistance();

    /// <summary>Σ |aⱼ − bⱼ|.</summary>
    public static DistanceMetric Manhattan { get; } = new ManhattanDistance();

    /// <summary>1 − cos(a, b), in [0, 2]; 1 where one row is zero, and 0 where both are.</summary>
    public static DistanceMetric Cosine { get; } = new CosineDistance();

    /// <summary>maxⱼ |aⱼ − bⱼ|.</summary>
    public static DistanceMetric Chebyshev { get; } = new ChebyshevDistance();

    /// <summary>The distance between two rows of equal length.</summary>
    /// <param name="a">One row.</param>
    /// <param name="b">The other.</param>
    /// <returns>A finite value of at least 0, and 0 for equal rows.</returns>
    public abstract double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    /// <summary>The distances from one row to many. The built-in Euclidean distances are faster this way; the values are those of
    /// <see cref="Between"/>.</summary>
    /// <param name="from">One row of D values.</param>
    /// <param name="rows">Rows [N×D], row-major.</param>
    /// <param name="distances">N distances to write.</param>
    public virtual void ToRows(ReadOnlySpan<double> from, ReadOnlySpan<double> rows, Span<double> distances)
    {
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Between(from, rows.Slice(i * from.Length, from.Length));
        }
    }

    private sealed class EuclideanDistance : DistanceMetric
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt(SquaredDifferences.Between(a, b));

        public override void ToRows(ReadOnlySpan<double> from, ReadOnlySpan<double> rows, Span<double> distances)
        {
            SquaredDifferences.ToRows(from, rows, distances);
            TensorPrimitives.Sqrt(distances, distances);
        }
    }

    private sealed class SquaredEuclideanDistance : DistanceMetric
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => SquaredDifferences.Between(a, b);

        public override void ToRows(ReadOnlySpan<double> from, ReadOnlySpan<double> rows, Span<double> distances) =>
            SquaredDifferences.ToRows(from, rows, distances);
    }

    private sealed class ManhattanDistance : DistanceMetric
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (int j = 0; j < a.Length; j++)
            {
                sum += Math.Abs(a[j] - b[j]);
            }

            return sum;
        }
    }

    private sealed class CosineDistance : DistanceMetric
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            if (a.SequenceEqual(b))
            {
                return 0;
            }

            double norms = TensorPrimitives.Norm(a) * TensorPrimitives.Norm(b);
            // Clamped: rounding can carry the cosine just beyond 1.
            return norms == 0 ? 1 : Math.Clamp(1 - (TensorPrimitives.Dot(a, b) / norms), 0, 2);
        }
    }

    private sealed class ChebyshevDistance : DistanceMetric
    {
        public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double largest = 0;
            for (int j = 0; j < a.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs(a[j] - b[j]));
            }

            return largest;
        }
    }
}
