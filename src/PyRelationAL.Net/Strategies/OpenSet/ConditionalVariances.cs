using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// The conditional variance of each candidate x given fixed points B and the batch A so far, under the kernel S + λI: det(S_{A∪x} | B) / det(S_A | B).
/// Similarities with B are scaled by a weight for each of its points.
/// </summary>
/// <remarks>
/// A column of the Cholesky factor for each selected candidate, O(N·b) memory; similarities with B are computed anew for each, so that nothing of size N×|B|
/// is kept. O(N·(b + |B|)·D) time for each, after O(N·|B|·(D + |B|) + |B|³).
/// </remarks>
internal sealed class ConditionalVariances
{
    public const double Ridge = 1;

    // λ is the least variance there can be where no weight is above 1; with larger ones the formula may leave nothing.
    private const double Least = 1e-9;

    private readonly ISimilarities _similarities;
    private readonly int _start;
    private readonly double[] _weights;
    private readonly double[] _factor;
    private readonly List<double[]> _columns = [];
    private readonly double[] _variances;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;

    /// <param name="similarities">Of the candidates, and of B behind them.</param>
    /// <param name="count">N.</param>
    /// <param name="start">The first point of B.</param>
    /// <param name="weights">The weight of each point of B.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ConditionalVariances(ISimilarities similarities, int count, int start, double[] weights, int threads, CancellationToken cancellationToken)
    {
        _similarities = similarities;
        _start = start;
        _weights = weights;
        _threads = threads;
        _cancellationToken = cancellationToken;
        int b = weights.Length;
        _factor = new double[b * b];
        for (int i = 0; i < b; i++)
        {
            similarities.Of(start + i, start, _factor.AsSpan(i * b, b));
            _factor[(i * b) + i] += Ridge;
        }

        Cholesky.Factor(_factor, b, Ridge);
        _variances = new double[count];
        Blocks.ForEach(
            count,
            threads,
            cancellationToken,
            (begin, rows) =>
            {
                var cross = new double[b];
                Span<double> own = stackalloc double[1];
                for (int j = begin; j < begin + rows; j++)
                {
                    similarities.Of(j, j, own);
                    Cross(j, cross);
                    Cholesky.SolveLower(_factor, b, cross);
                    _variances[j] = Math.Max(Least, own[0] + Ridge - TensorPrimitives.SumOfSquares<double>(cross));
                }
            },
            blockRows: 64);
    }

    /// <summary>The variances [N]; those of selected candidates mean nothing.</summary>
    public ReadOnlySpan<double> Values => _variances;

    public void Add(int candidate)
    {
        int b = _weights.Length;
        var solved = new double[b];
        Cross(candidate, solved);
        Cholesky.SolveLower(_factor, b, solved);
        Cholesky.SolveUpper(_factor, b, solved);
        double[] own = [.. _columns.Select(column => column[candidate])];
        double deviation = Math.Sqrt(_variances[candidate]);
        var added = new double[_variances.Length];
        Blocks.ForEach(
            added.Length,
            _threads,
            _cancellationToken,
            (begin, rows) =>
            {
                var cross = new double[b];
                _similarities.Of(candidate, begin, added.AsSpan(begin, rows));
                for (int j = begin; j < begin + rows; j++)
                {
                    Cross(j, cross);
                    double covariance = added[j] - TensorPrimitives.Dot<double>(cross, solved);
                    for (int k = 0; k < own.Length; k++)
                    {
                        covariance -= own[k] * _columns[k][j];
                    }

                    added[j] = covariance / deviation;
                    _variances[j] = Math.Max(Least, _variances[j] - (added[j] * added[j]));
                }
            },
            blockRows: 256);
        _columns.Add(added);
    }

    private void Cross(int candidate, Span<double> cross)
    {
        _similarities.Of(candidate, _start, cross);
        TensorPrimitives.Multiply(cross, _weights, cross);
    }
}
