using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>The posterior with H as it is, by its eigenvectors: O(P²) for a row, with P = (C−1)(D+1).</summary>
internal sealed class WholeLogitPosterior(LogitContrasts contrasts, int width, double priorPrecision, double[] vectors, double[] deviations)
    : LogitPosterior(contrasts, width, priorPrecision)
{
    public static WholeLogitPosterior Fit(
        LogitContrasts contrasts, double[] rows, double[] probabilities, double precision, CancellationToken cancellationToken)
    {
        int outputs = contrasts.Count, classes = contrasts.ClassCount, width = rows.Length / (probabilities.Length / classes);
        var curvature = new PackedMatrix(outputs * width);
        var block = new double[outputs * outputs];
        for (int n = 0; n < rows.Length / width; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> h = rows.AsSpan(n * width, width);
            Array.Clear(block);
            contrasts.AddCurvature(probabilities.AsSpan(n * classes, classes), block);
            for (int r = 0; r < curvature.Size; r++)
            {
                int a = r / width, i = r % width;
                Span<double> target = curvature.Row(r);
                for (int b = a; b < outputs; b++)
                {
                    ReadOnlySpan<double> other = b == a ? h[i..] : h;
                    TensorPrimitives.MultiplyAdd(other, block[(a * outputs) + b] * h[i], target[..other.Length], target);
                    target = target[other.Length..];
                }
            }
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(curvature);
        return new WholeLogitPosterior(contrasts, width, precision, vectors, [.. values.Select(v => 1 / Math.Sqrt(v + precision))]);
    }

    public static WholeLogitPosterior Read(BinaryReader reader, LogitContrasts contrasts, int width)
    {
        int size = contrasts.Count * width;
        double precision = SavedNumbers.Read(reader, 1)[0];
        return new WholeLogitPosterior(contrasts, width, precision, SavedNumbers.Read(reader, size * size), SavedNumbers.Read(reader, size));
    }

    public override void LogitCovariance(ReadOnlySpan<double> row, Span<double> covariance)
    {
        int outputs = Contrasts.Count, size = deviations.Length, classes = Contrasts.ClassCount;
        Span<double> logits = new double[classes];
        covariance.Clear();
        for (int k = 0; k < size; k++)
        {
            logits.Clear();
            for (int a = 0; a < outputs; a++)
            {
                double share = deviations[k] * TensorPrimitives.Dot(row, vectors.AsSpan((k * size) + (a * Width), Width));
                for (int c = 0; c < classes; c++)
                {
                    logits[c] += share * Contrasts.Row(c)[a];
                }
            }

            for (int c = 0; c < classes; c++)
            {
                Span<double> target = covariance.Slice(c * classes, classes);
                TensorPrimitives.MultiplyAdd(logits, logits[c], target, target);
            }
        }
    }

    public override void Draw(RandomStream random, Span<double> deviation)
    {
        int size = deviations.Length;
        Span<double> sum = new double[size];
        for (int k = 0; k < size; k++)
        {
            TensorPrimitives.MultiplyAdd(vectors.AsSpan(k * size, size), deviations[k] * random.NextGaussian(), sum, sum);
        }

        Contrasts.Expand(sum, Width, deviation);
    }

    public override void Write(BinaryWriter writer) => SavedNumbers.Write(writer, [PriorPrecision], vectors, deviations);
}
