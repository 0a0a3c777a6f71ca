using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Finds the candidate x with the largest Σ_y p(y) H(y_x | y) − (1/S) Σₘ H(Q[m,x]), where y runs over the label configurations of the batch so far.
/// </summary>
/// <param name="samples">Q [S×N×C].</param>
/// <param name="entropies">H(Q[m,x]) [S×N].</param>
/// <param name="conditional">Their means over the samples.</param>
/// <param name="threads">The most threads.</param>
/// <param name="cancellationToken">Stops the search.</param>
internal sealed class LargestGain(
    PosteriorClassSamples samples, double[] entropies, double[] conditional, int threads, CancellationToken cancellationToken)
{
    // One candidate for each lane of a vector of doubles, or of floats.
    private const int Lanes = 8;
    private const int SingleLanes = 16;
    private const int Wave = 8 * SingleLanes;
    private const int TileRows = 64;

    // What rounding may make of two equal gains.
    private const double Rounding = 1e-10;

    // How many standard errors behind the best a candidate may be after a part of the sampled configurations.
    private const double StandardErrors = 4;

    /// <summary>The shares of the sampled configurations after which candidates are dropped.</summary>
    private static readonly double[] Stages = [1.0 / 16, 1.0 / 4, 1];

    // By candidate: Σ w H and Σ w H² over the configurations done.
    private readonly double[] _sums = new double[samples.RowCount];
    private readonly double[] _squares = new double[samples.RowCount];

    /// <param name="configurations">The configurations.</param>
    /// <param name="bound">What each candidate's gain is at most; lowered where exact gains are found.</param>
    /// <param name="taken">Which candidates are in the batch.</param>
    /// <param name="best">The candidate with the largest gain; the lowest of equals.</param>
    /// <returns>Its gain.</returns>
    public double Find(LabelConfigurations configurations, double[] bound, bool[] taken, out int best)
    {
        Array.Clear(_sums);
        Array.Clear(_squares);
        int[] alive = [.. Enumerable.Range(0, bound.Length).Where(i => !taken[i])];
        double[] keys = Array.ConvertAll(alive, i => -bound[i]);
        Array.Sort(keys, alive);
        int count = configurations.Weights.Length, done = 0;
        foreach (double stage in configurations.Exact ? [1.0] : Stages)
        {
            int end = Math.Max(1, (int)(stage * count));
            alive = Advance(configurations, bound, alive, done, end);
            done = end;
        }

        best = -1;
        double largest = double.NegativeInfinity;
        foreach (int i in alive)
        {
            double gain = _sums[i] - conditional[i];
            if (configurations.Exact)
            {
                bound[i] = Math.Min(bound[i], gain);
            }

            if (gain > largest || (gain == largest && i < best))
            {
                (best, largest) = (i, gain);
            }
        }

        return largest;
    }

    /// <summary>Goes on from one configuration to another with candidates by descending bound, and drops those that are behind.</summary>
    private int[] Advance(LabelConfigurations configurations, double[] bound, int[] candidates, int start, int end)
    {
        int count = configurations.Weights.Length, looked = 0;
        double share = (double)end / count, threshold = double.NegativeInfinity;
        while (looked < candidates.Length && bound[candidates[looked]] >= threshold - Rounding)
        {
            int[] wave = candidates[looked..Math.Min(looked + Wave, candidates.Length)];
            if (configurations.Exact)
            {
                Blocks.ForEach(wave.Length, threads, cancellationToken, (s, c) => Add(configurations, wave.AsSpan(s, c), start, end), Lanes);
            }
            else
            {
                Blocks.ForEach(wave.Length, threads, cancellationToken, (s, c) => AddSampled(configurations, wave.AsSpan(s, c), start, end), SingleLanes);
            }

            looked += wave.Length;
            foreach (int i in wave)
            {
                threshold = Math.Max(threshold, (_sums[i] / share) - conditional[i] - Error(configurations, i, end));
            }
        }

        return [.. candidates[..looked].Where(i => (_sums[i] / share) - conditional[i] + Error(configurations, i, end) >= threshold - Rounding)];
    }

    private double Error(LabelConfigurations configurations, int candidate, int done)
    {
        int count = configurations.Weights.Length;
        if (configurations.Exact || done == count)
        {
            return 0;
        }

        // Sampled configurations have equal weights, so that sums over a part of them are means once divided by the part's share.
        double mean = _sums[candidate] * count / done, square = _squares[candidate] * count / done;
        return StandardErrors * Math.Sqrt(Math.Max(0, square - (mean * mean)) / done);
    }

    private void Add(LabelConfigurations configurations, ReadOnlySpan<int> candidates, int start, int end)
    {
        int classes = samples.ClassCount, inner = samples.SampleCount, columns = PanelProduct.Padded(Lanes * classes);
        double[] packed = Pack(candidates, columns);
        double[] tile = new double[TileRows * columns], logarithms = new double[TileRows * columns];
        Vector512<double> sums = default, squares = default;
        for (int from = start; from < end; from += TileRows)
        {
            int rows = Math.Min(TileRows, end - from);
            Span<double> p = tile.AsSpan(0, rows * columns), terms = logarithms.AsSpan(0, rows * columns);
            PanelProduct.Multiply(configurations.Rows.AsSpan(from * inner, rows * inner), rows, inner, packed, columns, p);
            Entropies.Terms(p, terms);
            for (int j = 0; j < rows; j++)
            {
                Vector512<double> entropy = default;
                for (int c = 0; c < classes; c++)
                {
                    entropy -= Vector512.LoadUnsafe(ref terms[(j * columns) + (c * Lanes)]);
                }

                Vector512<double> weighted = entropy * configurations.Weights[from + j];
                sums += weighted;
                squares = Vector512.FusedMultiplyAdd(weighted, entropy, squares);
            }
        }

        for (int i = 0; i < candidates.Length; i++)
        {
            _sums[candidates[i]] += sums[i];
            _squares[candidates[i]] += squares[i];
        }
    }

    /// <summary>
    /// The same in float32, whose rounding is nothing beside the sampling error. What leaves no doubt about the posterior sample gives the entropy under that
    /// one.
    /// </summary>
    private void AddSampled(LabelConfigurations configurations, ReadOnlySpan<int> candidates, int start, int end)
    {
        int inner = samples.SampleCount, last = configurations.DoubtfulBefore(end);
        double weight = configurations.Weights[0];
        SinglePanels panels = PackSingles(candidates);
        Span<float> p = stackalloc float[TileRows * SinglePanels.Width];
        Span<Vector512<float>> tile = stackalloc Vector512<float>[TileRows];
        Vector512<double> left = default, right = default, leftSquares = default, rightSquares = default;
        for (int from = configurations.DoubtfulBefore(start); from < last; from += TileRows)
        {
            int rows = Math.Min(TileRows, last - from);
            tile.Clear();
            for (int panel = 0; panel < panels.Count; panel++)
            {
                panels.Multiply(configurations.DoubtfulRows.AsSpan(from * inner, rows * inner), rows, panel, p);
                for (int half = 0; half < panels.WidthOf(panel); half += SingleLanes)
                {
                    for (int j = 0; j < rows; j++)
                    {
                        tile[j] -= SingleEntropies.Term(Vector512.LoadUnsafe(ref p[(j * SinglePanels.Width) + half]));
                    }
                }
            }

            for (int j = 0; j < rows; j++)
            {
                Vector512<double> entropy = Vector512.WidenLower(tile[j]), weighted = entropy * weight;
                left += weighted;
                leftSquares = Vector512.FusedMultiplyAdd(weighted, entropy, leftSquares);
                entropy = Vector512.WidenUpper(tile[j]);
                weighted = entropy * weight;
                right += weighted;
                rightSquares = Vector512.FusedMultiplyAdd(weighted, entropy, rightSquares);
            }
        }

        for (int i = 0; i < candidates.Length; i++)
        {
            double sum = i < Lanes ? left[i] : right[i - Lanes], squares = i < Lanes ? leftSquares[i] : rightSquares[i - Lanes];
            for (int m = 0; m < inner; m++)
            {
                double entropy = entropies[(m * samples.RowCount) + candidates[i]], weighted = configurations.Certain(m, start, end) * weight * entropy;
                sum += weighted;
                squares += weighted * entropy;
            }

            _sums[candidates[i]] += sum;
            _squares[candidates[i]] += squares;
        }
    }

    private SinglePanels PackSingles(ReadOnlySpan<int> candidates)
    {
        var panels = new SinglePanels(SingleLanes * samples.ClassCount, samples.SampleCount);
        for (int m = 0; m < samples.SampleCount; m++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                ReadOnlySpan<double> p = samples.Row(m, candidates[i]);
                for (int c = 0; c < p.Length; c++)
                {
                    panels.Set(m, (c * SingleLanes) + i, (float)p[c]);
                }
            }
        }

        return panels;
    }

    /// <summary>The candidates' probabilities [S×(C·lanes)]: class by class, so that one vector holds one class of all candidates.</summary>
    private double[] Pack(ReadOnlySpan<int> candidates, int columns)
    {
        int classes = samples.ClassCount, inner = samples.SampleCount;
        double[] packed = new double[columns * inner], row = new double[Lanes * classes];
        for (int m = 0; m < inner; m++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                ReadOnlySpan<double> p = samples.Row(m, candidates[i]);
                for (int c = 0; c < classes; c++)
                {
                    row[(c * Lanes) + i] = p[c];
                }
            }

            PanelProduct.Pack(row, m, inner, packed);
        }

        return packed;
    }
}
