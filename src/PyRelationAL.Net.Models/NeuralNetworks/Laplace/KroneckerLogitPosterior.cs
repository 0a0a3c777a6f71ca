using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// The posterior with H ≈ G ⊗ A, G = (1/N) Σ Λₙ and A = Σ hₙhₙᵀ (Martens and Grosse, ICML 2015), by the eigenvectors of both: O(D² + C³) for a row.
/// </summary>
internal sealed class KroneckerLogitPosterior : LogitPosterior
{
    private readonly double[] _classVectors;
    private readonly double[] _rowVectors;
    private readonly double[] _deviations;

    /// <summary>Column j of the expanded class vectors: what eigenvector j does to each logit [(C−1)×C].</summary>
    private readonly double[] _logitVectors;

    private KroneckerLogitPosterior(
        LogitContrasts contrasts, int width, double priorPrecision, double[] classVectors, double[] rowVectors, double[] deviations)
        : base(contrasts, width, priorPrecision)
    {
        _classVectors = classVectors;
        _rowVectors = rowVectors;
        _deviations = deviations;
        int outputs = contrasts.Count;
        _logitVectors = new double[outputs * contrasts.ClassCount];
        for (int j = 0; j < outputs; j++)
        {
            contrasts.Expand(classVectors.AsSpan(j * outputs, outputs), 1, _logitVectors.AsSpan(j * contrasts.ClassCount, contrasts.ClassCount));
        }
    }

    public static KroneckerLogitPosterior Fit(
        LogitContrasts contrasts, double[] rows, double[] probabilities, double precision, CancellationToken cancellationToken)
    {
        int outputs = contrasts.Count, classes = contrasts.ClassCount, count = probabilities.Length / classes, width = rows.Length / count;
        var block = new double[outputs * outputs];
        var gram = new PackedMatrix(width);
        for (int n = 0; n < count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            contrasts.AddCurvature(probabilities.AsSpan(n * classes, classes), block);
            ReadOnlySpan<double> h = rows.AsSpan(n * width, width);
            for (int i = 0; i < width; i++)
            {
                Span<double> target = gram.Row(i);
                TensorPrimitives.MultiplyAdd(h[i..], h[i], target, target);
            }
        }

        var curvature = new PackedMatrix(outputs);
        for (int a = 0; a < outputs; a++)
        {
            TensorPrimitives.Divide(block.AsSpan((a * outputs) + a, outputs - a), count, curvature.Row(a));
        }

        (double[] classValues, double[] classVectors) = SymmetricEigen.Decompose(curvature);
        cancellationToken.ThrowIfCancellationRequested();
        (double[] rowValues, double[] rowVectors) = SymmetricEigen.Decompose(gram);
        double[] values = [.. classValues.SelectMany(g => rowValues.Select(a => g * a))];
        return new KroneckerLogitPosterior(contrasts, width, precision, classVectors, rowVectors, [.. values.Select(v => 1 / Math.Sqrt(v + precision))]);
    }

    public static KroneckerLogitPosterior Read(BinaryReader reader, LogitContrasts contrasts, int width)
    {
        int outputs = contrasts.Count;
        double precision = SavedNumbers.Read(reader, 1)[0];
        return new KroneckerLogitPosterior(
            contrasts,
            width,
            precision,
            SavedNumbers.Read(reader, outputs * outputs),
            SavedNumbers.Read(reader, width * width),
            SavedNumbers.Read(reader, outputs * width));
    }

    public override void LogitCovariance(ReadOnlySpan<double> row, Span<double> covariance)
    {
        int classes = Contrasts.ClassCount;
        Span<double> coordinates = new double[Width], shares = new double[Width];
        for (int i = 0; i < Width; i++)
        {
            coordinates[i] = TensorPrimitives.Dot(row, _rowVectors.AsSpan(i * Width, Width));
        }

        covariance.Clear();
        for (int j = 0; j < Contrasts.Count; j++)
        {
            TensorPrimitives.Multiply(coordinates, _deviations.AsSpan(j * Width, Width), shares);
            double variance = TensorPrimitives.SumOfSquares<double>(shares);
            ReadOnlySpan<double> logits = _logitVectors.AsSpan(j * classes, classes);
            for (int c = 0; c < classes; c++)
            {
                Span<double> target = covariance.Slice(c * classes, classes);
                TensorPrimitives.MultiplyAdd(logits, variance * logits[c], target, target);
            }
        }
    }

    public override void Draw(RandomStream random, Span<double> deviation)
    {
        int outputs = Contrasts.Count, classes = Contrasts.ClassCount;
        Span<double> sum = new double[Width];
        deviation.Clear();
        for (int j = 0; j < outputs; j++)
        {
            sum.Clear();
            for (int i = 0; i < Width; i++)
            {
                TensorPrimitives.MultiplyAdd(_rowVectors.AsSpan(i * Width, Width), _deviations[(j * Width) + i] * random.NextGaussian(), sum, sum);
            }

            for (int c = 0; c < classes; c++)
            {
                Span<double> target = deviation.Slice(c * Width, Width);
                TensorPrimitives.MultiplyAdd(sum, _logitVectors[(j * classes) + c], target, target);
            }
        }
    }

    public override void Write(BinaryWriter writer) => SavedNumbers.Write(writer, [PriorPrecision], _classVectors, _rowVectors, _deviations);
}
