using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Features of rows, learned without labels: semantic ones by SimCLR, distinctive ones with rotations to tell apart, by CSI.</summary>
internal sealed class ContrastiveEncoder
{
    /// <summary>The rotations, by 0°, 90°, 180° and 270°.</summary>
    public const int ShiftCount = 4;

    private const int BatchRows = 32;
    private const double LearningRate = 0.003;

    private readonly DenseNetwork? _network;
    private readonly int _width;
    private readonly int[] _planes;

    private ContrastiveEncoder(DenseNetwork? network, int width, int[] planes)
    {
        _network = network;
        _width = width;
        _planes = planes;
    }

    /// <summary>Learns from standardised rows.</summary>
    /// <param name="rows">Rows, row-major.</param>
    /// <param name="columns">D.</param>
    /// <param name="distinctive">Whether with rotations.</param>
    /// <param name="learning">How.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static ContrastiveEncoder Learn(
        double[] rows, int columns, bool distinctive, ContrastiveLearning learning, RandomStream random, CancellationToken cancellationToken)
    {
        int[] planes = random.Child("planes").Sample(columns, columns);
        if (learning.Epochs == 0)
        {
            return new ContrastiveEncoder(null, columns, planes);
        }

        int shifts = distinctive ? ShiftCount : 1, count = rows.Length / Math.Max(1, columns);
        var network = new DenseNetwork(columns, learning.HiddenWidth, learning.OutputWidth + (distinctive ? ShiftCount : 0), random.Child("weights"));
        var encoder = new ContrastiveEncoder(network, learning.OutputWidth, planes);
        int[] order = random.Child("rows").Sample(count, Math.Min(count, learning.LargestRowCount));
        RandomStream shuffle = random.Child("order"), augmentation = random.Child("augmentation");
        for (int epoch = 0; epoch < learning.Epochs; epoch++)
        {
            shuffle.Shuffle<int>(order);
            for (int start = 0; start < order.Length; start += BatchRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                encoder.Step(rows, order.AsSpan(start, Math.Min(BatchRows, order.Length - start)), shifts, learning, augmentation);
            }
        }

        return encoder;
    }

    /// <summary>The features of rows under one rotation.</summary>
    public FeatureMatrix Encode(double[] rows, int shift, int threads, CancellationToken cancellationToken)
    {
        var turned = new double[rows.Length];
        for (int start = 0; start < rows.Length; start += _planes.Length)
        {
            Turn(rows.AsSpan(start, _planes.Length), shift, turned.AsSpan(start, _planes.Length));
        }

        int count = rows.Length / _planes.Length, stride = _network?.Outputs ?? _width;
        double[] outputs = _network?.Predict(turned, threads, cancellationToken) ?? turned;
        var features = new float[count * _width];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = (float)outputs[(i / _width * stride) + (i % _width)];
        }

        return new FeatureMatrix(features, count, _width);
    }

    /// <summary>Turns a row by shift · 90° in the plane of each pair of features; a feature that is left over is negated by the third and the fourth.</summary>
    private void Turn(ReadOnlySpan<double> row, int shift, Span<double> turned)
    {
        for (int pair = 0; pair + 1 < _planes.Length; pair += 2)
        {
            double x = row[_planes[pair]], y = row[_planes[pair + 1]];
            (turned[_planes[pair]], turned[_planes[pair + 1]]) = shift switch
            {
                0 => (x, y),
                1 => (-y, x),
                2 => (-x, -y),
                _ => (y, -x),
            };
        }

        if (_planes.Length % 2 == 1)
        {
            turned[_planes[^1]] = shift < 2 ? row[_planes[^1]] : -row[_planes[^1]];
        }
    }

    private void Step(double[] rows, ReadOnlySpan<int> batch, int shifts, ContrastiveLearning learning, RandomStream random)
    {
        DenseNetwork network = _network!;
        int columns = _planes.Length, views = batch.Length * shifts, count = 2 * views;
        double[] inputs = new double[count * columns], hidden = new double[count * network.Hidden];
        double[] outputs = new double[count * network.Outputs], gradient = new double[outputs.Length];
        for (int i = 0; i < count; i++)
        {
            Span<double> copy = inputs.AsSpan(i * columns, columns);
            Turn(rows.AsSpan(batch[i % batch.Length] * columns, columns), i / batch.Length % shifts, copy);
            for (int j = 0; j < columns; j++)
            {
                copy[j] = random.NextDouble() < learning.DropShare ? 0 : copy[j] + (learning.Noise * random.NextGaussian());
            }
        }

        network.Forward(inputs, hidden, outputs);
        ContrastiveLoss.Compute(outputs, network.Outputs, _width, learning.Temperature, gradient);
        for (int i = 0; i < count && shifts > 1; i++)
        {
            int at = (i * network.Outputs) + _width, shift = i / batch.Length % shifts;
            ReadOnlySpan<double> logits = outputs.AsSpan(at, shifts);
            double log = CrossEntropyDirection.LogSum(logits);
            for (int k = 0; k < shifts; k++)
            {
                gradient[at + k] = (Math.Exp(logits[k] - log) - (k == shift ? 1 : 0)) / count;
            }
        }

        network.Backward(inputs, hidden, gradient);
        network.Step(LearningRate);
    }
}
