using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// A trained network as a function f of its inputs and its parameters, with values in the targets' units: its first K outputs, as a prediction is
/// made. Safe for
/// concurrent use.
/// </summary>
/// <param name="fit">The network.</param>
/// <param name="outputCount">K: all logits, or 1 for the value (of a network that predicts a variance too, the mean).</param>
/// <param name="threads">The most threads; the results do not depend on it.</param>
internal sealed class NetworkFunction(TrainedNetwork fit, int outputCount, int threads)
{
    private Network Network => fit.Network;

    /// <summary>f(x) [N×K].</summary>
    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken) => Outputs(inputs, fit.Numbers, cancellationToken);

    /// <summary>f(x) [N×K] with other parameters, and the running statistics that were learned.</summary>
    public double[] OutputsUnder(ReadOnlyMemory<float> parameters, FeatureMatrix inputs, CancellationToken cancellationToken)
    {
        Guard.SameLength(fit.Flat.Layout.Count, parameters.Length, "the network's parameters", nameof(parameters));
        Guard.AllFinite(parameters.Span, 1, "the parameters", nameof(parameters));
        float[] numbers = [.. fit.Numbers];
        fit.Flat.Unpack(parameters.Span, numbers);
        return Outputs(inputs, numbers, cancellationToken);
    }

    /// <summary>∂/∂xₙ Σₖ w[n,k] fₖ(xₙ) [N×F]. One pass forwards and one back.</summary>
    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken)
    {
        Check(inputs, outputWeights);
        int width = inputs.ColumnCount;
        var gradients = new float[checked(inputs.RowCount * width)];
        ForEachBlock(inputs, cancellationToken, (start, rows, workspace) =>
        {
            WriteOutputGradient(outputWeights.Span, start, rows, workspace);
            Network.Backward(workspace, fit.Numbers, rows, [], withInputGradient: true, PassMode.Prediction);
            Span<float> block = gradients.AsSpan(start * width, rows * width);
            fit.InputScale.ApplyToGradient(inputs, start, rows, workspace.Gradients[0], block);
            NetworkGuard.AllFinite(block, "A gradient by an input");
        });
        return new FeatureMatrix(gradients, inputs.RowCount, width);
    }

    /// <summary>∂/∂θ Σₙ Σₖ w[n,k] fₖ(xₙ) [P]: float32 within a block of rows, summed over blocks in double and in their order.</summary>
    public float[] Gradient(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken)
    {
        Check(inputs, outputWeights);
        int blocks = (inputs.RowCount + TrainedNetwork.BlockRows - 1) / TrainedNetwork.BlockRows;
        // As many blocks at a time as there are threads, so that no more than so many gradients are in memory.
        int together = Math.Clamp(threads == -1 ? Environment.ProcessorCount : threads, 1, Math.Max(1, blocks));
        var parts = new float[together][];
        var sum = new double[Network.TrainableCount];
        for (int first = 0; first < blocks; first += together)
        {
            int count = Math.Min(together, blocks - first), offset = first * TrainedNetwork.BlockRows;
            FeatureMatrix some = inputs.Slice(offset, Math.Min(count * TrainedNetwork.BlockRows, inputs.RowCount - offset));
            ForEachBlock(some, cancellationToken, (start, rows, workspace) =>
            {
                WriteOutputGradient(outputWeights.Span, offset + start, rows, workspace);
                float[] part = parts[start / TrainedNetwork.BlockRows] ??= new float[Network.TrainableCount];
                Network.Backward(workspace, fit.Numbers, rows, part, mode: PassMode.Prediction);
            });
            for (int b = 0; b < count; b++)
            {
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += parts[b][i];
                }
            }
        }

        var padded = new float[sum.Length];
        for (int i = 0; i < padded.Length; i++)
        {
            padded[i] = (float)sum[i];
        }

        var gradient = new float[fit.Flat.Layout.Count];
        fit.Flat.Pack(padded, gradient);
        NetworkGuard.AllFinite(gradient, "A gradient by a parameter");
        return gradient;
    }

    /// <summary>
    /// ∂/∂θ Σₖ w[n,k] fₖ(xₙ) [N×P]: one pass back for a block of rows gives every layer's δ, and each row's gradient is an outer product of it with the layer's
    /// input.
    /// </summary>
    public FeatureMatrix PerSampleGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken)
    {
        Check(inputs, outputWeights);
        int width = fit.Flat.Layout.Count;
        float[] gradients = GC.AllocateUninitializedArray<float>(checked(inputs.RowCount * width));
        ForEachBlock(inputs, cancellationToken, (start, rows, workspace) =>
        {
            WriteOutputGradient(outputWeights.Span, start, rows, workspace);
            Network.Backward(workspace, fit.Numbers, rows, [], mode: PassMode.Prediction);
            for (int r = 0; r < rows; r++)
            {
                Span<float> row = gradients.AsSpan((start + r) * width, width);
                for (int i = 0; i < Network.Layers.Length; i++)
                {
                    Network.Layers[i].WriteRowGradient(r, workspace.Values[i], workspace.Kept[i], workspace.Gradients[i + 1], fit.Flat.Of(i, row));
                }

                NetworkGuard.AllFinite(row, "A gradient by a parameter");
            }
        });
        return new FeatureMatrix(gradients, inputs.RowCount, width);
    }

    private double[] Outputs(FeatureMatrix inputs, float[] numbers, CancellationToken cancellationToken)
    {
        var outputs = new double[checked(inputs.RowCount * outputCount)];
        fit.ForEachBlock(
            inputs,
            PassMode.Prediction,
            null,
            threads,
            cancellationToken,
            (start, rows, workspace) =>
            {
                for (int i = 0; i < rows * outputCount; i++)
                {
                    float output = workspace.Values[^1][(i / outputCount * Network.OutputStride) + (i % outputCount)];
                    outputs[(start * outputCount) + i] = TrainedNetwork.Finite((output * fit.TargetScale.Deviation) + fit.TargetScale.Mean);
                }
            },
            numbers);
        return outputs;
    }

    private void Check(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights)
    {
        Guard.SameLength(checked(inputs.RowCount * outputCount), outputWeights.Length, "the output weights", nameof(outputWeights));
        Guard.AllFinite(outputWeights.Span, outputCount, "the output weights", nameof(outputWeights));
    }

    private void ForEachBlock(FeatureMatrix inputs, CancellationToken cancellationToken, Action<int, int, NetworkWorkspace> body) =>
        fit.ForEachBlock(inputs, PassMode.Prediction, null, threads, cancellationToken, body, withGradients: true);

    private void WriteOutputGradient(ReadOnlySpan<double> weights, int start, int rows, NetworkWorkspace workspace)
    {
        for (int i = 0; i < rows * outputCount; i++)
        {
            double weight = weights[(start * outputCount) + i] * fit.TargetScale.Deviation;
            workspace.Gradients[^1][(i / outputCount * Network.OutputStride) + (i % outputCount)] = (float)weight;
        }
    }
}
