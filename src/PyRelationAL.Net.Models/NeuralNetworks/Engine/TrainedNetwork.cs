using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>A network with its numbers and scales, ready to predict. Immutable, and safe for concurrent use.</summary>
internal sealed class TrainedNetwork(Network network, InputScale inputScale, TargetScale targetScale, float[] numbers, int epochs)
{
    private const int BlockRows = 256;

    public Network Network { get; } = network;

    /// <summary>The number of epochs whose result is kept.</summary>
    public int Epochs { get; } = epochs;

    public int InputWidth => Network.InputWidth;

    public InputScale InputScale { get; } = inputScale;

    public TargetScale TargetScale { get; } = targetScale;

    /// <summary>Parameters and statistics; not to be changed.</summary>
    public float[] Numbers { get; } = numbers;

    /// <summary>Writes class probabilities [N×C].</summary>
    public void WriteProbabilities(
        DatasetView items, PassMode mode, RandomStream? random, int threads, CancellationToken cancellationToken, Memory<double> destination)
    {
        int classes = Network.OutputWidth;
        ForEachBlock(items, mode, random, threads, cancellationToken, (start, rows, workspace) =>
        {
            ReadOnlySpan<float> outputs = workspace.Values[^1];
            for (int r = 0; r < rows; r++)
            {
                WriteSoftmax(outputs.Slice(r * Network.OutputStride, classes), destination.Span.Slice((start + r) * classes, classes));
            }
        });
    }

    /// <summary>Writes predicted values [N], in the targets' units.</summary>
    public void WriteValues(
        DatasetView items, PassMode mode, RandomStream? random, int threads, CancellationToken cancellationToken, Memory<double> destination) =>
        ForEachBlock(items, mode, random, threads, cancellationToken, (start, rows, workspace) =>
        {
            Span<double> values = destination.Span.Slice(start, rows);
            for (int r = 0; r < rows; r++)
            {
                values[r] = Finite((workspace.Values[^1][r * Network.OutputStride] * TargetScale.Deviation) + TargetScale.Mean);
            }
        });

    /// <summary>Writes means and deviations [N] each, in the targets' units, of a network that predicts both.</summary>
    public void WriteMoments(DatasetView items, int threads, CancellationToken cancellationToken, double[] mean, double[] deviation) =>
        ForEachBlock(items, PassMode.Prediction, null, threads, cancellationToken, (start, rows, workspace) =>
        {
            for (int r = 0; r < rows; r++)
            {
                ReadOnlySpan<float> outputs = workspace.Values[^1].AsSpan(r * Network.OutputStride, 2);
                mean[start + r] = Finite((outputs[0] * TargetScale.Deviation) + TargetScale.Mean);
                deviation[start + r] = Finite(Math.Sqrt(GaussianLoss.Variance(outputs[1])) * TargetScale.Deviation);
            }
        });

    /// <summary>The input of the last layer [N×D].</summary>
    public FeatureMatrix Embed(DatasetView items, int threads, CancellationToken cancellationToken)
    {
        Layer last = Network.Layers[^1];
        int width = last.InputWidth;
        var rows = new float[checked(items.Count * width)];
        ForEachBlock(items, PassMode.Prediction, null, threads, cancellationToken, (start, count, workspace) =>
        {
            for (int r = 0; r < count; r++)
            {
                ReadOnlySpan<float> row = workspace.Values[^2].AsSpan(r * last.InputStride, width);
                NetworkGuard.AllFinite(row, "An embedding");
                row.CopyTo(rows.AsSpan((start + r) * width));
            }
        });
        return new FeatureMatrix(rows, items.Count, width);
    }

    /// <summary>The last layer, with outputs in the targets' units.</summary>
    public LinearHead Head()
    {
        Layer last = Network.Layers[^1];
        ReadOnlySpan<float> parameters = Network.Parameters(Network.Layers.Length - 1, Numbers);
        double[] weights = new double[last.OutputWidth * last.InputWidth], biases = new double[last.OutputWidth];
        for (int k = 0; k < biases.Length; k++)
        {
            biases[k] = (parameters[last.DecayedCount + k] * TargetScale.Deviation) + TargetScale.Mean;
            for (int j = 0; j < last.InputWidth; j++)
            {
                weights[(k * last.InputWidth) + j] = parameters[(j * last.OutputStride) + k] * TargetScale.Deviation;
            }
        }

        return new LinearHead(weights, biases);
    }

    private static void WriteSoftmax(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, Finite(logit));
        }

        for (int c = 0; c < logits.Length; c++)
        {
            probabilities[c] = Math.Exp(logits[c] - largest);
            sum += probabilities[c];
        }

        for (int c = 0; c < logits.Length; c++)
        {
            probabilities[c] /= sum;
        }
    }

    private static double Finite(double output) => double.IsFinite(output)
        ? output
        : throw new ModelTrainingException(
            Guard.Text($"The network's output is {output}: its weights are too large for these items. Lower the learning rate."));

    private void ForEachBlock(
        DatasetView items,
        PassMode mode,
        RandomStream? random,
        int threads,
        CancellationToken cancellationToken,
        Action<int, int, NetworkWorkspace> body)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (items.Count == 0)
        {
            return;
        }

        FeatureMatrix features = items.Features;
        Blocks.ForEach(
            items.Count,
            threads,
            cancellationToken,
            (start, rows) =>
            {
                var workspace = new NetworkWorkspace(Network, rows, training: false);
                InputScale.Apply(features, start, rows, workspace.Values[0]);
                // Masks for single rows come from a stream of each block's own, or they would depend on the order in which blocks are done.
                Network.Forward(workspace, Numbers, rows, mode, mode == PassMode.RowMasks ? random!.Child(start) : random);
                body(start, rows, workspace);
            },
            BlockRows);
    }
}
