using System.Numerics.Tensors;

namespace PyRelationAL.Strategies;

/// <summary>
/// Logistic regression of two sides on standardised columns: minimises ½‖w‖² + Σᵢ ln(1 + exp(−yᵢ(w·xᵢ + b))), b free, by Newton's method with conjugate
/// gradients and
/// halved steps. Convex, so there is one answer, and no Hessian of D² numbers is built.
/// </summary>
internal sealed class BinaryLogistic
{
    private const int LargestNewtonSteps = 50;
    private const double Tolerance = 1e-8;

    private readonly double[] _mean;
    private readonly double[] _inverseDeviation;
    private readonly double[] _weights;

    private BinaryLogistic(double[] mean, double[] inverseDeviation, double[] weights)
    {
        _mean = mean;
        _inverseDeviation = inverseDeviation;
        _weights = weights;
    }

    /// <summary>The weights of the standardised columns, and behind them the bias.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Fits.</summary>
    /// <param name="rows">The rows of both sides, at least one.</param>
    /// <param name="positives">How many of the rows, from the first, are on the side that <see cref="Logit"/> is high for.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static BinaryLogistic Fit(FeatureMatrix rows, int positives, CancellationToken cancellationToken)
    {
        (double[] mean, double[] inverse) = Scales(rows);
        int n = rows.RowCount, width = rows.ColumnCount + 1;
        var x = new double[checked(n * width)];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = x.AsSpan(i * width, width);
            Standardise(rows.Row(i), mean, inverse, row);
            row[^1] = 1;
        }

        var weights = new double[width];
        var gradient = new double[width];
        var curvature = new double[n];
        double loss = Loss(x, weights, positives, gradient, curvature);
        double first = TensorPrimitives.Norm<double>(gradient);
        for (int step = 0; step < LargestNewtonSteps && TensorPrimitives.Norm<double>(gradient) > Tolerance * Math.Max(1, first); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Solve(x, curvature, gradient);
            double decrease = TensorPrimitives.Dot<double>(direction, gradient);
            double size = 1, next;
            var trial = new double[width];
            do
            {
                TensorPrimitives.MultiplyAdd(direction, -size, weights, trial);
                next = Loss(x, trial, positives, gradient, curvature);
                size /= 2;
            }
            while (next > loss - (1e-4 * 2 * size * decrease) && size > 1e-12);

            if (!(next < loss))
            {
                break;
            }

            (weights, loss) = (trial, next);
        }

        return new BinaryLogistic(mean, inverse, weights);
    }

    /// <summary>w·x + b of a row.</summary>
    public double Logit(ReadOnlySpan<float> row)
    {
        double sum = _weights[^1];
        for (int j = 0; j < row.Length; j++)
        {
            sum += _weights[j] * (row[j] - _mean[j]) * _inverseDeviation[j];
        }

        return sum;
    }

    private static void Standardise(ReadOnlySpan<float> row, double[] mean, double[] inverse, Span<double> to)
    {
        for (int j = 0; j < row.Length; j++)
        {
            to[j] = (row[j] - mean[j]) * inverse[j];
        }
    }

    /// <summary>A column that does not vary says nothing and is left at 0.</summary>
    private static (double[] Mean, double[] InverseDeviation) Scales(FeatureMatrix rows)
    {
        int n = rows.RowCount;
        double[] mean = new double[rows.ColumnCount], inverse = new double[rows.ColumnCount];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += rows.Row(i)[j];
            }
        }

        TensorPrimitives.Divide(mean, n, mean);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                double difference = rows.Row(i)[j] - mean[j];
                inverse[j] += difference * difference;
            }
        }

        for (int j = 0; j < mean.Length; j++)
        {
            double deviation = Math.Sqrt(inverse[j] / n);
            // Rounding of the mean must not make a column out of nothing.
            inverse[j] = deviation > 1e-12 * Math.Abs(mean[j]) ? 1 / deviation : 0;
        }

        return (mean, inverse);
    }

    private static double Loss(double[] x, double[] weights, int positives, double[] gradient, double[] curvature)
    {
        int width = weights.Length;
        weights.CopyTo(gradient, 0);
        gradient[^1] = 0;
        double loss = TensorPrimitives.SumOfSquares<double>(weights.AsSpan(0, width - 1)) / 2;
        for (int i = 0; i < curvature.Length; i++)
        {
            ReadOnlySpan<double> row = x.AsSpan(i * width, width);
            double z = TensorPrimitives.Dot(row, weights), y = i < positives ? 1 : 0;
            double small = Math.Exp(-Math.Abs(z)), p = z >= 0 ? 1 / (1 + small) : small / (1 + small);
            loss += Math.Log(1 + small) + Math.Max(z, 0) - (y * z);
            TensorPrimitives.MultiplyAdd(row, p - y, gradient, gradient);
            curvature[i] = p * (1 - p);
        }

        return loss;
    }

    /// <summary>H⁻¹g by conjugate gradients.</summary>
    private static double[] Solve(double[] x, double[] curvature, double[] gradient)
    {
        int width = gradient.Length;
        double[] solution = new double[width], residual = [.. gradient], direction = [.. gradient], product = new double[width];
        double squared = TensorPrimitives.SumOfSquares<double>(residual), enough = squared * 1e-12;
        for (int iteration = 0; iteration < Math.Min(2 * width, 200) && squared > enough; iteration++)
        {
            direction.CopyTo(product, 0);
            // The bias is not penalised; so little keeps the system definite where all probabilities are 0 or 1.
            product[^1] *= 1e-9;
            for (int i = 0; i < curvature.Length; i++)
            {
                ReadOnlySpan<double> row = x.AsSpan(i * width, width);
                TensorPrimitives.MultiplyAdd(row, curvature[i] * TensorPrimitives.Dot(row, direction), product, product);
            }

            double step = squared / TensorPrimitives.Dot<double>(direction, product);
            TensorPrimitives.MultiplyAdd(direction, step, solution, solution);
            TensorPrimitives.MultiplyAdd(product, -step, residual, residual);
            double next = TensorPrimitives.SumOfSquares<double>(residual);
            TensorPrimitives.MultiplyAdd(direction, next / squared, residual, direction);
            squared = next;
        }

        return solution;
    }
}
