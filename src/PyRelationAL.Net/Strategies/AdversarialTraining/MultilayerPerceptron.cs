using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// A small multilayer perceptron with ReLU between its layers, for strategies that train one of their own. In double, on one thread: equal streams give
/// equal bits. Predicting is safe from several threads, training is not.
/// </summary>
internal sealed class MultilayerPerceptron
{
    private int _step;

    /// <summary>Creates a network.</summary>
    /// <param name="random">Draws the weights.</param>
    /// <param name="widths">Inputs, hidden layers, outputs.</param>
    public MultilayerPerceptron(RandomStream random, params int[] widths)
    {
        Layers = [.. Enumerable.Range(0, widths.Length - 1).Select(l => new PerceptronLayer(widths[l], widths[l + 1], random))];
    }

    public IReadOnlyList<PerceptronLayer> Layers { get; }

    /// <summary>The inputs of each layer for some rows, and behind them the outputs.</summary>
    public double[][] Forward(double[] rows, int count)
    {
        var passed = new double[Layers.Count + 1][];
        passed[0] = rows;
        for (int l = 0; l < Layers.Count; l++)
        {
            passed[l + 1] = Layers[l].Apply(passed[l], count, withBiases: true);
            if (l < Layers.Count - 1)
            {
                System.Numerics.Tensors.TensorPrimitives.Max(passed[l + 1], 0, passed[l + 1]);
            }
        }

        return passed;
    }

    /// <summary>The gradient by the inputs of each row; on request the gradient by the parameters is summed up too.</summary>
    /// <param name="passed">What <see cref="Forward"/> gave.</param>
    /// <param name="outputGradient">The gradient by the outputs.</param>
    /// <param name="accumulate">Whether the parameters are to learn from it.</param>
    public double[] Backward(double[][] passed, double[] outputGradient, bool accumulate) =>
        Backward(passed, passed, outputGradient, accumulate, withBiases: true);

    /// <summary>
    /// Sums up the gradient by the parameters of Σᵢ wᵢ dᵢ·∇ₓ f(xᵢ), f the only output: what a penalty on a network's gradients needs. With ReLU, ∇f is a
    /// product of the weights of the units that are on, and d·∇f a pass of d through these without biases.
    /// </summary>
    /// <param name="passed">What <see cref="Forward"/> gave for the rows x.</param>
    /// <param name="directions">d, a row for each.</param>
    /// <param name="weights">w, one for each row.</param>
    public void AccumulateDirectional(double[][] passed, double[] directions, double[] weights)
    {
        var tangents = new double[Layers.Count + 1][];
        tangents[0] = directions;
        for (int l = 0; l < Layers.Count; l++)
        {
            tangents[l + 1] = Layers[l].Apply(tangents[l], weights.Length, withBiases: false);
            if (l < Layers.Count - 1)
            {
                SwitchOff(tangents[l + 1], passed[l + 1]);
            }
        }

        Backward(tangents, passed, weights, accumulate: true, withBiases: false);
    }

    /// <summary>A step of Adam by the gradient summed up, which begins anew.</summary>
    public void Step(double learningRate)
    {
        _step++;
        foreach (PerceptronLayer layer in Layers)
        {
            layer.Step(_step, learningRate);
        }
    }

    private double[] Backward(double[][] inputs, double[][] passed, double[] outputGradient, bool accumulate, bool withBiases)
    {
        int count = outputGradient.Length / Layers[^1].Outputs;
        double[] gradient = outputGradient;
        for (int l = Layers.Count - 1; l >= 0; l--)
        {
            if (accumulate)
            {
                Layers[l].Accumulate(inputs[l], gradient, count, withBiases);
            }

            gradient = Layers[l].Pull(gradient, count);
            if (l > 0)
            {
                SwitchOff(gradient, passed[l]);
            }
        }

        return gradient;
    }

    private static void SwitchOff(double[] values, double[] activations)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = activations[i] > 0 ? values[i] : 0;
        }
    }
}
