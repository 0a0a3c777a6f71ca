using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// What a label of an item tells about the weights of a linear head, I(x) = Λ ⊗ hhᵀ: Λ = diag(p) − ppᵀ [C×C] for a softmax, Λ = 1 for one linear output.
/// </summary>
/// <param name="Rows">h [N×D].</param>
/// <param name="Probabilities">p [N×C]; null for one linear output.</param>
internal sealed record FisherInformation(FeatureMatrix Rows, ClassProbabilities? Probabilities)
{
    /// <summary>The largest K·D for which a square matrix of that size is built: 128 MiB.</summary>
    public const int LargestSize = 4096;

    private const int Tile = 16;

    /// <summary>K: classes, or 1.</summary>
    public int OutputCount => Probabilities?.ClassCount ?? 1;

    /// <summary>K·D.</summary>
    public int Size => OutputCount * Rows.ColumnCount;

    /// <summary>Adds w Σ I(x) to a matrix [KD×KD]. O(N·(KD)²), in parallel over parts of the matrix.</summary>
    public void AddTo(double[] sum, double weight, int threads, CancellationToken cancellationToken)
    {
        int k = OutputCount, d = Rows.ColumnCount, size = Size, tiles = (d + Tile - 1) / Tile;
        Blocks.ForEach(
            k * k * tiles,
            threads,
            cancellationToken,
            (job, _) =>
            {
                int a = job / tiles / k, b = job / tiles % k, start = job % tiles * Tile, end = Math.Min(d, start + Tile);
                if (a > b)
                {
                    return;
                }

                var h = new double[d];
                for (int i = 0; i < Rows.RowCount; i++)
                {
                    double lambda = weight * Lambda(i, a, b);
                    WideRows.Widen(Rows.Row(i), h);
                    for (int row = start; row < end; row++)
                    {
                        Span<double> target = sum.AsSpan((((a * d) + row) * size) + (b * d), d);
                        TensorPrimitives.MultiplyAdd(h, lambda * h[row], target, target);
                    }
                }
            },
            blockRows: 1);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum[(i * size) + j] = sum[(j * size) + i];
            }
        }
    }

    /// <summary>S with Λ = S Sᵀ [K×K]: column c is √p_c (onehot(c) − p).</summary>
    public void WriteRoot(int row, Span<double> root)
    {
        int k = OutputCount;
        if (Probabilities is null)
        {
            root[0] = 1;
            return;
        }

        ReadOnlySpan<double> p = Probabilities.Row(row);
        for (int a = 0; a < k; a++)
        {
            for (int c = 0; c < k; c++)
            {
                root[(a * k) + c] = Math.Sqrt(p[c]) * ((a == c ? 1 : 0) - p[a]);
            }
        }
    }

    private double Lambda(int row, int a, int b)
    {
        if (Probabilities is null)
        {
            return 1;
        }

        ReadOnlySpan<double> p = Probabilities.Row(row);
        return (a == b ? p[a] : 0) - (p[a] * p[b]);
    }
}
