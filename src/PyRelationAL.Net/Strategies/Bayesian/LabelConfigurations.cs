using System.Numerics.Tensors;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// What the labels of the batch so far may be, and what each such configuration says of the posterior samples: rows p(m | y) with weights p(y). Either all
/// configurations that can occur, or a sample of them.
/// </summary>
internal sealed class LabelConfigurations
{
    private readonly PosteriorClassSamples _samples;
    private readonly int _largestCount;
    private readonly RandomStream _random;
    private readonly List<int> _batch = [];

    public LabelConfigurations(PosteriorClassSamples samples, int largestCount, RandomStream random)
    {
        _samples = samples;
        _largestCount = largestCount;
        _random = random;
        Rows = new double[samples.SampleCount];
        Array.Fill(Rows, 1.0 / samples.SampleCount);
        Weights = [1];
    }

    /// <summary>p(m | y) [configurations×S], row-major.</summary>
    public double[] Rows { get; private set; }

    /// <summary>The same in float32; only where they are sampled.</summary>
    public float[] SingleRows { get; private set; } = [];

    /// <summary>The weight of each configuration; they sum to 1.</summary>
    public double[] Weights { get; private set; }

    /// <summary>Whether these are all configurations: what is computed from them is then exact.</summary>
    public bool Exact { get; private set; } = true;

    /// <summary>Adds a candidate to the batch.</summary>
    public void Add(int candidate)
    {
        _batch.Add(candidate);
        if (Exact && (long)Weights.Length * _samples.ClassCount <= _largestCount)
        {
            Extend(candidate);
        }
        else
        {
            Exact = false;
            Draw();
        }
    }

    private void Extend(int candidate)
    {
        int samples = _samples.SampleCount, classes = _samples.ClassCount;
        var rows = new List<double>(Rows.Length * classes);
        var weights = new List<double>(Weights.Length * classes);
        Span<double> row = new double[samples];
        for (int j = 0; j < Weights.Length; j++)
        {
            for (int c = 0; c < classes; c++)
            {
                for (int m = 0; m < samples; m++)
                {
                    row[m] = Rows[(j * samples) + m] * _samples.Row(m, candidate)[c];
                }

                double probability = Normalise(row);
                if (probability > 0)
                {
                    rows.AddRange(row);
                    weights.Add(Weights[j] * probability);
                }
            }
        }

        Rows = [.. rows];
        Weights = [.. weights];
    }

    /// <summary>
    /// Ancestral sampling: a posterior sample, then a label for each of the batch under it. Every posterior sample has its turn equally often (but for a
    /// remainder), which a draw of it would only blur.
    /// </summary>
    private void Draw()
    {
        int samples = _samples.SampleCount, count = _largestCount;
        RandomStream random = _random.Child(_batch.Count);
        var rows = new double[count * samples];
        for (int j = 0; j < count; j++)
        {
            Span<double> row = rows.AsSpan(j * samples, samples);
            row.Fill(1);
            int drawn = j % samples;
            foreach (int candidate in _batch)
            {
                int label = Label(_samples.Row(drawn, candidate), random.NextDouble());
                for (int m = 0; m < samples; m++)
                {
                    row[m] *= _samples.Row(m, candidate)[label];
                }

                // At each factor, or the product of many small ones would underflow.
                Normalise(row);
            }
        }

        Rows = rows;
        SingleRows = Array.ConvertAll(rows, p => (float)p);
        Weights = new double[count];
        Array.Fill(Weights, 1.0 / count);
    }

    private static int Label(ReadOnlySpan<double> probabilities, double target)
    {
        int last = 0;
        for (int c = 0; c < probabilities.Length; c++)
        {
            if (probabilities[c] > 0)
            {
                last = c;
                target -= probabilities[c];
                if (target < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    private static double Normalise(Span<double> row)
    {
        double sum = TensorPrimitives.Sum<double>(row);
        if (sum > 0)
        {
            TensorPrimitives.Divide(row, sum, row);
        }

        return sum;
    }
}
