using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Features of rows, learned without labels: semantic ones by SimCLR, distinctive ones with rotations to tell apart, by CSI.</summary>
internal sealed class ContrastiveEncoder
{
    /// <summary>The rotations, by 0°, 90°, 180° and 270°.</summary>
    public const int ShiftCount = 4;

    private const int BatchRows = 32;
    private const double LearningRate = 0.003;

    // Small enough that what a block passes through is no large object.
    private const int EncodedRows = 128;

    private readonly SmallNetwork? _network;
    private readonly int _width;
    private readonly int[] _planes;

    private ContrastiveEncoder(SmallNetwork? network, int width, int[] planes)
    {
        _network = network;
        _width = width;
        _planes = planes;
    }

    /// <summary>Learns from standardised rows, in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="distinctive">Whether with rotations.</param>
    /// <param name="learning">How.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static ContrastiveEncoder Learn(
        StandardisedRows rows, bool distinctive, ContrastiveLearning learning, RandomStream random, CancellationToken cancellationToken)
    {
        int columns = rows.Width;
        int[] planes = random.Child("planes").Sample(columns, columns);
        if (learning.Epochs == 0)
        {
            return new ContrastiveEncoder(null, columns, planes);
        }

        var network = new SmallNetwork(
            random.Child("weights"), columns, learning.HiddenWidth, learning.OutputWidth + (distinctive ? ShiftCount : 0));
        var encoder = new ContrastiveEncoder(network, learning.OutputWidth, planes);
        int[] learned = random.Child("rows").Sample(rows.Order.Length, Math.Min(rows.Order.Length, learning.LargestRowCount));
        var step = new ContrastiveStep(network, learning, distinctive ? ShiftCount : 1, Math.Min(BatchRows, learned.Length), random.Child("augmentation"));
        RandomStream shuffle = random.Child("order");
        var row = new double[columns];
        for (int epoch = 0; epoch < learning.Epochs; epoch++)
        {
            shuffle.Shuffle<int>(learned);
            for (int start = 0; start < learned.Length; start += BatchRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(BatchRows, learned.Length - start);
                step.Begin(count);
                for (int i = 0; i < count; i++)
                {
                    rows.Write(rows.Order[learned[start + i]], row);
                    for (int copy = i; copy < step.CopyCount; copy += count)
                    {
                        encoder.Turn(row, step.ShiftOf(copy), step.Copy(copy));
                    }
                }

                step.Differentiate();
                network.Step(LearningRate);
            }
        }

        return encoder;
    }

    /// <summary>The features of the first rows under one rotation.</summary>
    public FeatureMatrix Encode(StandardisedRows rows, int count, int shift, int threads, CancellationToken cancellationToken)
    {
        var features = new float[checked(count * _width)];
        Blocks.ForEach(
            count,
            threads,
            cancellationToken,
            (start, rowCount) =>
            {
                int columns = _planes.Length;
                var row = new double[columns];
                NetworkPass? pass = _network is null ? null : new NetworkPass(_network, rowCount);
                Span<double> inputs = pass is null ? new double[rowCount * columns] : pass.Inputs;
                for (int i = 0; i < rowCount; i++)
                {
                    rows.Write(start + i, row);
                    Turn(row, shift, inputs.Slice(i * columns, columns));
                }

                if (pass is not null)
                {
                    _network!.Forward(pass);
                }

                ReadOnlySpan<double> outputs = pass is null ? inputs : pass.Outputs;
                for (int i = 0; i < rowCount; i++)
                {
                    TensorPrimitives.ConvertTruncating(outputs.Slice(i * (outputs.Length / rowCount), _width), features.AsSpan((start + i) * _width, _width));
                }
            },
            blockRows: EncodedRows);
        return new FeatureMatrix(features, count, _width);
    }

    /// <summary>Turns a row by shift · 90° in the plane of each pair of features; a feature that is left over is negated by the third and the fourth.</summary>
    private void Turn(ReadOnlySpan<double> row, int shift, Span<double> turned)
    {
        if (shift % 2 == 0)
        {
            TensorPrimitives.Multiply(row, 1 - shift, turned);
            return;
        }

        int sign = shift - 2;
        for (int pair = 0; pair + 1 < _planes.Length; pair += 2)
        {
            int first = _planes[pair], second = _planes[pair + 1];
            turned[first] = sign * row[second];
            turned[second] = -sign * row[first];
        }

        if (_planes.Length % 2 == 1)
        {
            turned[_planes[^1]] = -sign * row[_planes[^1]];
        }
    }
}
