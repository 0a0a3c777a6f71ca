using System.Numerics.Tensors;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Expected variance reduction (A-optimal): greedily, the candidate whose label lowers the mean predictive variance of the whole pool most,
/// r(x) = (1/N) Σ_e k(e, x)² / (k(x, x) + σ²) with the posterior covariance k, which does not depend on what the label is.
/// </summary>
/// <remarks>
/// <para>
/// Cohn, Ghahramani and Jordan, "Active learning with statistical models", JAIR 1996; for Gaussian processes Seo et al., IJCNN 2000. Exact for Gaussian
/// processes and Bayesian linear regression, batch included. It equals BAIT on one linear output without the backward pass
/// (<see cref="RegressionBAITStrategy"/>).
/// </para>
/// <para>
/// A model that predicts a joint Gaussian is asked for the pool's covariance where the pool has 4,096 candidates or fewer: O(b·N²) time, O(N²) memory. From
/// consistent posterior samples, k is the samples' covariance (divisor S), which is never built: O(b·N·S) after O(N·S² + S³). Scores are the reductions at the
/// time of selection. Ties go to the lowest index.
/// </para>
/// </remarks>
public sealed class ExpectedVarianceReductionStrategy : Strategy
{
    private const int LargestJointPool = 4096;

    private readonly double _noiseVariance;

    /// <summary>Creates the strategy.</summary>
    /// <param name="noiseVariance">σ², the variance of the observation noise in squared units of the target, greater than 0. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public ExpectedVarianceReductionStrategy(double noiseVariance = 1)
    {
        _noiseVariance = Guard.Positive(noiseVariance);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } =
        new(TaskKinds.Regression, Capabilities.JointValueDraws) { LeastSampleCount = 2 };

    /// <summary>The reduction r of every row, one by one. O(N²).</summary>
    /// <param name="predictions">The joint Gaussian of N rows, which are candidates and evaluation set at once.</param>
    /// <param name="reductions">N reductions to write, at least 0, in squared units of the target.</param>
    /// <param name="noiseVariance">σ², greater than 0.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(JointGaussianPredictions predictions, Span<double> reductions, double noiseVariance = 1)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Guard.SameLength(predictions.RowCount, reductions.Length, "reductions", nameof(reductions));
        Guard.Positive(noiseVariance);
        for (int i = 0; i < reductions.Length; i++)
        {
            reductions[i] = Reduction(predictions.Covariance, i, predictions.RowCount, noiseVariance);
        }
    }

    /// <summary>Selects positions from a joint Gaussian.</summary>
    /// <param name="predictions">The joint Gaussian of the N candidates, which are the evaluation set too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="noiseVariance">σ², greater than 0.</param>
    /// <param name="reductions">Gets the reduction by each selected one; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">There is room for some reductions but not for all.</exception>
    public static int[] Select(
        JointGaussianPredictions predictions,
        int count,
        double noiseVariance = 1,
        Span<double> reductions = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Check(predictions.RowCount, count, noiseVariance, reductions);
        int n = predictions.RowCount;
        double[] covariance = predictions.Covariance.ToArray(), gains = new double[n];
        var taken = new bool[n];
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            Blocks.ForEach(
                n,
                maxDegreeOfParallelism,
                cancellationToken,
                (start, rows) =>
                {
                    for (int i = start; i < start + rows; i++)
                    {
                        gains[i] = Reduction(covariance, i, n, noiseVariance);
                    }
                },
                blockRows: 64);
            int next = TopPositions.LargestLeft(gains, taken);
            if (!reductions.IsEmpty)
            {
                reductions[k] = gains[next];
            }

            selected[k] = next;
            taken[next] = true;
            double[] column = covariance.AsSpan(next * n, n).ToArray();
            double scale = 1 / (Math.Max(0, column[next]) + noiseVariance);
            Blocks.ForEach(
                n,
                maxDegreeOfParallelism,
                cancellationToken,
                (start, rows) =>
                {
                    for (int i = start; i < start + rows; i++)
                    {
                        Span<double> row = covariance.AsSpan(i * n, n);
                        TensorPrimitives.MultiplyAdd(column, -scale * column[i], row, row);
                    }
                },
                blockRows: 64);
        }

        return selected;
    }

    /// <summary>Selects positions from posterior samples; sample m must mean the same parameters in every row.</summary>
    /// <param name="samples">R [S×N], with S at most 4,096.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="noiseVariance">σ², greater than 0.</param>
    /// <param name="reductions">Gets the reduction by each selected one; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">There is room for some reductions but not for all, or S is above 4,096.</exception>
    public static int[] Select(
        PosteriorValueSamples samples,
        int count,
        double noiseVariance = 1,
        Span<double> reductions = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Check(samples.RowCount, count, noiseVariance, reductions);
        return Select(Centred([samples], samples.RowCount), count, noiseVariance, reductions, maxDegreeOfParallelism, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reductions = new double[count];
        bool samples = context.Model is IPosteriorValueSampler { Consistent: true };
        int[] selected = samples && (context.Model is not IJointGaussianPredictor || context.Pool.Count > LargestJointPool)
            ? Select(
                Centred(context.PosteriorValueBlocks().Select(b => b.Samples), context.Pool.Count),
                count,
                _noiseVariance,
                reductions,
                context.MaxDegreeOfParallelism,
                context.CancellationToken)
            : Select(
                context.PredictJointGaussian("The reduction of the pool's variance", string.Empty, LargestJointPool),
                count,
                _noiseVariance,
                reductions,
                context.MaxDegreeOfParallelism,
                context.CancellationToken);
        return new Batch(selected, reductions);
    }

    /// <summary>Rows ψ [N×S] whose inner products are the samples' covariances.</summary>
    private static FeatureMatrix Centred(IEnumerable<PosteriorValueSamples> blocks, int rowCount)
    {
        float[]? rows = null;
        int start = 0, width = 0;
        foreach (PosteriorValueSamples samples in blocks)
        {
            width = samples.SampleCount;
            rows ??= new float[checked(rowCount * width)];
            ReadOnlySpan<double> mean = samples.Moments().Mean;
            double scale = 1 / Math.Sqrt(width);
            for (int m = 0; m < width; m++)
            {
                ReadOnlySpan<double> sample = samples.Sample(m);
                for (int i = 0; i < sample.Length; i++)
                {
                    rows[((start + i) * width) + m] = (float)(scale * (sample[i] - mean[i]));
                }
            }

            start += samples.RowCount;
        }

        return new FeatureMatrix(rows, rowCount, width);
    }

    private static int[] Select(
        FeatureMatrix rows, int count, double noiseVariance, Span<double> reductions, int threads, CancellationToken cancellationToken)
    {
        FisherSelection.RefuseLarge(rows.ColumnCount);
        var information = new FisherInformation(rows, null);
        var target = new double[rows.ColumnCount * rows.ColumnCount];
        information.AddTo(target, 1.0 / Math.Max(1, rows.RowCount), threads, cancellationToken);
        double[] prior = FisherSelection.Identity(rows.ColumnCount, 1);
        return new OptimalDesign(information, 1 / Math.Sqrt(noiseVariance), prior, 1, target, threads, cancellationToken).Forward(count, reductions);
    }

    private static void Check(int rowCount, int count, double noiseVariance, ReadOnlySpan<double> reductions)
    {
        SelectionBounds.Check(count, rowCount);
        Guard.Positive(noiseVariance);
        if (!reductions.IsEmpty)
        {
            Guard.SameLength(count, reductions.Length, "reductions", nameof(reductions));
        }
    }

    private static double Reduction(ReadOnlySpan<double> covariance, int row, int n, double noiseVariance)
    {
        ReadOnlySpan<double> column = covariance.Slice(row * n, n);
        return TensorPrimitives.SumOfSquares(column) / (n * (Math.Max(0, column[row]) + noiseVariance));
    }
}
