using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>Derivatives of a network's outputs, and its outputs under other parameters. As in predictions the module is in evaluation mode.</summary>
internal static class TorchGradients
{
    public static FeatureMatrix ByInputs(
        TorchNetwork network, FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken)
    {
        CheckWeights(network, inputs.RowCount, outputWeights);
        var gradients = new float[inputs.Values.Length];
        network.ForBatches(inputs, cancellationToken, (start, batch) =>
        {
            Tensor x = batch.detach().requires_grad_(true);
            Derive(network, x, start, outputWeights, [x])[0].ToFloats().CopyTo(gradients, start * inputs.ColumnCount);
        });
        return new FeatureMatrix(gradients, inputs.RowCount, inputs.ColumnCount);
    }

    public static float[] ByParameters(
        TorchNetwork network, FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken)
    {
        CheckWeights(network, inputs.RowCount, outputWeights);
        Parameter[] parameters = [.. network.Trainable.Select(p => p.Parameter)];
        var sum = new double[Layout(network).Count];
        network.ForBatches(inputs, cancellationToken, (start, batch) =>
        {
            float[] gradient = new float[sum.Length];
            Write(Derive(network, batch, start, outputWeights, parameters), parameters, gradient);
            for (int p = 0; p < sum.Length; p++)
            {
                sum[p] += gradient[p];
            }
        });
        return Finite(Array.ConvertAll(sum, g => (float)g));
    }

    /// <summary>A pass for each row: torch 1.13 has no vectorised per-sample gradients.</summary>
    public static FeatureMatrix PerSample(
        TorchNetwork network, FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken)
    {
        CheckWeights(network, inputs.RowCount, outputWeights);
        Parameter[] parameters = [.. network.Trainable.Select(p => p.Parameter)];
        int width = Layout(network).Count;
        var gradients = new float[checked(inputs.RowCount * width)];
        network.ForBatches(inputs, cancellationToken, (start, batch) =>
        {
            for (int i = 0; i < batch.shape[0]; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using DisposeScope scope = torch.NewDisposeScope();
                int row = start + i;
                Write(Derive(network, batch.narrow(0, i, 1), row, outputWeights, parameters), parameters, gradients.AsSpan(row * width, width));
            }
        });
        return new FeatureMatrix(Finite(gradients), inputs.RowCount, width);
    }

    public static ParameterLayout Layout(TorchNetwork network)
    {
        var groups = new List<ParameterGroup>();
        int start = 0;
        foreach ((string name, Parameter parameter) in network.Trainable)
        {
            int length = checked((int)parameter.numel());
            groups.Add(new ParameterGroup(name, start, length, IsWeight: parameter.shape.Length > 1));
            start = checked(start + length);
        }

        return new ParameterLayout(groups);
    }

    public static float[] Parameters(TorchNetwork network) => [.. network.Trainable.SelectMany(p => p.Parameter.ToFloats())];

    public static double[] OutputsUnder(
        TorchNetwork network, FeatureMatrix inputs, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken)
    {
        float[] learned = Parameters(network);
        Guard.SameLength(learned.Length, parameters.Length, "the parameters", nameof(parameters));
        Guard.AllFinite(parameters.Span, 1, "the parameters", nameof(parameters));
        try
        {
            Set(network, parameters.Span);
            return network.Outputs(inputs, cancellationToken);
        }
        finally
        {
            Set(network, learned);
        }
    }

    /// <summary>∂/∂v Σₙ Σₖ w[n,k] fₖ(xₙ), in the outputs' units, for each v.</summary>
    private static IList<Tensor> Derive(TorchNetwork network, Tensor batch, int start, ReadOnlyMemory<double> outputWeights, IList<Tensor> by)
    {
        int rows = (int)batch.shape[0], outputs = network.OutputCount;
        float[] weights = Array.ConvertAll(
            outputWeights.Span.Slice(start * outputs, rows * outputs).ToArray(), w => (float)(w * network.Scale.Deviation));
        Tensor seed = network.ToDevice(torch.tensor(weights, new long[] { rows, outputs }));
        return torch.autograd.grad([network.Forward(batch)], by, [seed], allow_unused: true);
    }

    private static void Write(IList<Tensor> gradients, Parameter[] parameters, Span<float> destination)
    {
        int start = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            // A parameter that the outputs do not depend on gets no tensor.
            if (gradients[i] is { IsInvalid: false } gradient)
            {
                gradient.ToFloats().CopyTo(destination[start..]);
            }

            start += (int)parameters[i].numel();
        }
    }

    private static void Set(TorchNetwork network, ReadOnlySpan<float> values)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        int start = 0;
        foreach ((_, Parameter parameter) in network.Trainable)
        {
            int length = (int)parameter.numel();
            parameter.copy_(torch.tensor(values.Slice(start, length).ToArray(), parameter.shape));
            start += length;
        }
    }

    private static void CheckWeights(TorchNetwork network, int rows, ReadOnlyMemory<double> outputWeights)
    {
        Guard.SameLength(
            checked(rows * network.OutputCount), outputWeights.Length, Guard.Text($"output weights [{rows}×{network.OutputCount}]"), nameof(outputWeights));
        Guard.AllFinite(outputWeights.Span, network.OutputCount, "the output weights", nameof(outputWeights));
    }

    private static float[] Finite(float[] gradients) => Array.TrueForAll(gradients, float.IsFinite)
        ? gradients
        : throw new ModelTrainingException("A gradient is not finite: the training diverged, or a feature is extreme.");
}
