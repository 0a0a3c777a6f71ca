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
    // Beyond it the label of another item depends on the posterior sample alone, but for less than the rounding of float32.
    private const double NoDoubt = 1 - 1e-8;

    private readonly PosteriorClassSamples _samples;
    private readonly int _largestCount;
    private readonly RandomStream _random;
    private readonly List<int> _batch = [];

    // Of sampled configurations, by how many are before each one: those in doubt, and for each posterior sample those that leave no doubt that it is this one.
    private int[] _doubtfulBefore = [];
    private int[] _certainBefore = [];

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

    /// <summary>The same in float32; only where they are sampled, and only those that leave a doubt which posterior sample they are of.</summary>
    public float[] DoubtfulRows { get; private set; } = [];

    /// <summary>The weight of each configuration; they sum to 1.</summary>
    public double[] Weights { get; private set; }

    /// <summary>Whether these are all configurations: what is computed from them is then exact.</summary>
    public bool Exact { get; private set; } = true;

    /// <summary>How many of the first so many sampled configurations are among <see cref="DoubtfulRows"/>.</summary>
    public int DoubtfulBefore(int count) => _doubtfulBefore[count];

    /// <summary>How many of some sampled configurations leave no doubt that they are of a posterior sample.</summary>
    public int Certain(int sample, int start, int end)
    {
        int samples = _samples.SampleCount;
        return _certainBefore[(end * samples) + sample] - _certainBefore[(start * samples) + sample];
    }

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
        Divide(count);
        Weights = new double[count];
        Array.Fill(Weights, 1.0 / count);
    }

    private void Divide(int count)
    {
        int samples = _samples.SampleCount;
        var doubtful = new List<float>();
        _doubtfulBefore = new int[count + 1];
        _certainBefore = new int[(count + 1) * samples];
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<double> row = Rows.AsSpan(j * samples, samples);
            int likeliest = TensorPrimitives.IndexOfMax(row);
            bool certain = row[likeliest] >= NoDoubt;
            Span<int> next = _certainBefore.AsSpan((j + 1) * samples, samples);
            _certainBefore.AsSpan(j * samples, samples).CopyTo(next);
            next[likeliest] += certain ? 1 : 0;
            _doubtfulBefore[j + 1] = _doubtfulBefore[j] + (certain ? 0 : 1);
            for (int m = 0; !certain && m < samples; m++)
            {
                doubtful.Add((float)row[m]);
            }
        }

        DoubtfulRows = [.. doubtful];
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
