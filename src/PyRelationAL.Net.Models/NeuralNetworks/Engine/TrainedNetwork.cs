using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>A network with its numbers and scales, ready to predict. Immutable, and safe for concurrent use.</summary>
internal sealed class TrainedNetwork(
    Network network, InputScale inputScale, TargetScale targetScale, float[] numbers, int epochs, TrainedAuxiliary? auxiliary = null)
{
    public const int BlockRows = 256;

    public Network Network { get; } = network;

    /// <summary>The number of epochs whose result is kept.</summary>
    public int Epochs { get; } = epochs;

    public int InputWidth => Network.InputWidth;

    public InputScale InputScale { get; } = inputScale;

    public TargetScale TargetScale { get; } = targetScale;

    /// <summary>Parameters and statistics; not to be changed.</summary>
    public float[] Numbers { get; } = numbers;

    /// <summary>The auxiliary head that was trained jointly; null for none.</summary>
    public TrainedAuxiliary? Auxiliary { get; } = auxiliary;

    /// <summary>How the parameters lie in one vector without padding.</summary>
    public FlatParameters Flat => field ??= new FlatParameters(Network);

    /// <summary>Refuses outputs that are no numbers.</summary>
    public static double Finite(double output) => double.IsFinite(output)
        ? output
        : throw new ModelTrainingException(
            Guard.Text($"The network's output is {output}: its weights are too large for these items. Lower the learning rate."));

    /// <summary>Writes class probabilities [N×C].</summary>
    public void WriteProbabilities(
        DatasetView items, PassMode mode, RandomStream? random, int threads, CancellationToken cancellationToken, Memory<double> destination)
    {
        int classes = Network.OutputWidth;
        ForEachBlock(items.Features, mode, random, threads, cancellationToken, (start, rows, workspace) =>
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
        ForEachBlock(items.Features, mode, random, threads, cancellationToken, (start, rows, workspace) =>
        {
            Span<double> values = destination.Span.Slice(start, rows);
            for (int r = 0; r < rows; r++)
            {
                values[r] = Finite((workspace.Values[^1][r * Network.OutputStride] * TargetScale.Deviation) + TargetScale.Mean);
            }
        });

    /// <summary>Writes means and deviations [N] each, in the targets' units, of a network that predicts both.</summary>
    public void WriteMoments(DatasetView items, int threads, CancellationToken cancellationToken, double[] mean, double[] deviation) =>
        ForEachBlock(items.Features, PassMode.Prediction, null, threads, cancellationToken, (start, rows, workspace) =>
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
        ForEachBlock(items.Features, PassMode.Prediction, null, threads, cancellationToken, (start, count, workspace) =>
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

    /// <summary>The outputs [N×K] of the auxiliary head.</summary>
    public FeatureMatrix PredictAuxiliary(TrainedAuxiliary auxiliary, DatasetView items, int threads, CancellationToken cancellationToken)
    {
        AuxiliaryNetwork head = auxiliary.Network;
        var outputs = new float[checked(items.Count * head.OutputCount)];
        ForEachBlock(items.Features, PassMode.Prediction, null, threads, cancellationToken, (start, rows, workspace) =>
        {
            Span<float> block = outputs.AsSpan(start * head.OutputCount, rows * head.OutputCount);
            head.Forward(workspace, new AuxiliaryWorkspace(head, rows, training: false), auxiliary.Numbers, rows, block);
            NetworkGuard.AllFinite(block, "An output of the auxiliary head");
        });
        return new FeatureMatrix(outputs, items.Count, head.OutputCount);
    }

    /// <summary>Runs blocks of rows through the network.</summary>
    /// <param name="features">The rows, in the features' units.</param>
    /// <param name="mode">What the pass is for.</param>
    /// <param name="random">Where masks come from.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="body">Gets the first row of a block, its number of rows, and the memory of its pass.</param>
    /// <param name="other">Numbers to use in place of those learned.</param>
    /// <param name="withGradients">Whether <paramref name="body"/> makes a backward pass.</param>
    public void ForEachBlock(
        FeatureMatrix features,
        PassMode mode,
        RandomStream? random,
        int threads,
        CancellationToken cancellationToken,
        Action<int, int, NetworkWorkspace> body,
        float[]? other = null,
        bool withGradients = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Blocks.ForEach(
            features.RowCount,
            threads,
            cancellationToken,
            (start, rows) =>
            {
                var workspace = new NetworkWorkspace(Network, rows, withGradients);
                InputScale.Apply(features, start, rows, workspace.Values[0]);
                // Masks for single rows come from a stream of each block's own, or they would depend on the order in which blocks are done.
                Network.Forward(workspace, other ?? Numbers, rows, mode, mode == PassMode.RowMasks ? random!.Child(start) : random);
                body(start, rows, workspace);
            },
            BlockRows);
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
}
