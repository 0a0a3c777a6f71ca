using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>
/// Gradients of every layer and loss against central differences. The passes are float32: with steps of 2⁻⁷ and losses of order 1 a difference quotient is
/// good to about 1e-4 absolute, and the tolerance is four times that.
/// </summary>
public sealed class GradientTests
{
    private const float StepSize = 1f / 128;
    private const int Rows = 7;

    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["dense"] = new([new DenseLayer(3, 2)]),
        ["two dense"] = new([new DenseLayer(3, 17), new DenseLayer(17, 2)]),
        ["relu"] = Hidden(new ActivationLayer<Relu>(9)),
        ["elu"] = Hidden(new ActivationLayer<Elu>(9)),
        ["gelu"] = Hidden(new ActivationLayer<Gelu>(9)),
        ["tanh"] = Hidden(new ActivationLayer<HyperbolicTangent>(9)),
        ["sigmoid"] = Hidden(new ActivationLayer<Sigmoid>(9)),
        ["layer normalisation"] = Hidden(new LayerNormalisationLayer(9)),
        ["batch normalisation"] = Hidden(new BatchNormalisationLayer(9)),
        ["dropout"] = Hidden(new DropoutLayer(9, 0.4, 0)),
        ["normalisation first"] = new([new LayerNormalisationLayer(3), new ActivationLayer<Elu>(3), new DenseLayer(3, 2)]),
    };

    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["squared error"] = new SquaredErrorLoss([0.3f, -1.2f, 0.8f, 0.1f, 2f, -0.4f, 0.9f]),
        ["Gaussian"] = new GaussianLoss([0.3f, -1.2f, 0.8f, 0.1f, 2f, -0.4f, 0.9f]),
        ["cross-entropy"] = new CrossEntropyLoss([0, 1, 1, 0, 1, 0, 0], 2, null),
        ["weighted cross-entropy"] = new CrossEntropyLoss([0, 1, 1, 0, 1, 0, 0], 2, [0.5, 2]),
    };

    private static IEnumerable<string> NetworkNames => Networks.Keys;

    private static IEnumerable<string> LossNames => Losses.Keys;

    [TestCaseSource(nameof(NetworkNames))]
    public void TheGradientOfEveryLayerAgreesWithDifferences(string network) => AssertGradient(Networks[network], Losses["cross-entropy"], Rows);

    [TestCaseSource(nameof(LossNames))]
    public void TheGradientOfEveryLossAgreesWithDifferences(string loss) => AssertGradient(Networks["tanh"], Losses[loss], Rows);

    [TestCaseSource(nameof(NetworkNames))]
    public void TheGradientOfABatchOfOneRowAgreesToo(string network) => AssertGradient(Networks[network], Losses["squared error"], 1);

    [TestCaseSource(nameof(NetworkNames))]
    public void TheGradientOfAPredictionAgreesToo(string network) =>
        AssertGradient(Networks[network], Losses["cross-entropy"], Rows, PassMode.Prediction);

    [TestCaseSource(nameof(LossNames))]
    public void TheLossesOfTheRowsAreThoseOfBatchesOfOne(string name)
    {
        int stride = Lanes.Stride(2);
        float[] outputs = Random(Rows * stride, 8);
        int[] items = [3, 1, 6, 0, 2, 5, 4];
        var losses = new double[Rows];
        double mean = Losses[name].Evaluate(items, outputs, stride, [], losses);
        Assert.That(losses.Average(), Is.EqualTo(mean).Within(1e-12));
        Assert.That(
            losses,
            Is.EqualTo(items.Select((item, r) => Losses[name].Evaluate([item], outputs.AsSpan(r * stride, stride), stride, []))).Within(1e-12));
    }

    [TestCaseSource(nameof(LossNames))]
    public void ALossWithoutAGradientIsTheSameNumber(string name)
    {
        float[] outputs = Random(Rows * Lanes.Stride(2), 8), gradient = new float[outputs.Length];
        int[] items = [.. Enumerable.Range(0, Rows)];
        double loss = Losses[name].Evaluate(items, outputs, Lanes.Stride(2), gradient);
        Assert.That(Losses[name].Evaluate(items, outputs, Lanes.Stride(2), []), Is.EqualTo(loss));
        Assert.That(gradient.Where((_, i) => i % Lanes.Stride(2) >= 2), Has.All.Zero, "padding");
    }

    private static Network Hidden(Layer layer) => new([new DenseLayer(3, 9), layer, new DenseLayer(9, 2)]);

    private static void AssertGradient(Network network, Loss loss, int rows, PassMode mode = PassMode.Training)
    {
        float[] numbers = network.Initialise(new RandomStream(3));
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Perturb(network, i, numbers);
        }

        // Running means other than 0 and variances other than 1.
        for (int i = network.TrainableCount; i < numbers.Length; i++)
        {
            numbers[i] += 0.3f + (0.05f * (i % 7));
        }

        var workspace = new NetworkWorkspace(network, rows, training: true);
        int stride = network.Layers[0].InputStride;
        float[] inputs = Random(rows * stride, 5);
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = i % stride < network.InputWidth ? inputs[i] : 0;
        }

        int[] items = [.. Enumerable.Range(0, rows)];
        var gradient = new float[network.TrainableCount];
        Evaluate(withGradient: true);
        network.Backward(workspace, numbers, rows, gradient, withInputGradient: true, mode);
        float[] inputGradient = [.. workspace.Gradients[0]];
        if (mode == PassMode.Prediction)
        {
            AssertRowGradients(network, workspace, rows, gradient);
            network.Backward(workspace, numbers, rows, [], withInputGradient: true, mode);
            Assert.That(workspace.Gradients[0], Is.EqualTo(inputGradient), "without the gradient by the parameters");
        }

        for (int i = 0; i < gradient.Length; i++)
        {
            if (numbers[i] == 0)
            {
                // Padding: nothing else is 0 after the perturbation.
                Assert.That(gradient[i], Is.Zero, $"padding {i}");
                continue;
            }

            Assert.That(gradient[i], Is.EqualTo(Difference(numbers, i)).Within(8e-4), $"parameter {i}");
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            double expected = i % stride < network.InputWidth ? Difference(inputs, i) : 0;
            Assert.That(inputGradient[i], Is.EqualTo(expected).Within(4e-4), $"input {i}");
        }

        double Evaluate(bool withGradient)
        {
            inputs.CopyTo(workspace.Values[0], 0);
            // Statistics may change in training mode, and the masks must not.
            float[] copy = [.. numbers];
            Span<float> outputs = network.Forward(workspace, copy, rows, mode, new RandomStream(9));
            return loss.Evaluate(items, outputs, network.OutputStride, withGradient ? workspace.Gradients[^1].AsSpan(0, outputs.Length) : []);
        }

        double Difference(float[] values, int index)
        {
            float value = values[index];
            values[index] = value + StepSize;
            double above = Evaluate(withGradient: false);
            values[index] = value - StepSize;
            double below = Evaluate(withGradient: false);
            values[index] = value;
            return (above - below) / (2 * StepSize);
        }
    }

    private static void AssertRowGradients(Network network, NetworkWorkspace workspace, int rows, float[] gradient)
    {
        var flat = new FlatParameters(network);
        float[] sum = new float[flat.Layout.Count], expected = new float[sum.Length], row = new float[sum.Length];
        flat.Pack(gradient, expected);
        for (int r = 0; r < rows; r++)
        {
            for (int i = 0; i < network.Layers.Length; i++)
            {
                network.Layers[i].WriteRowGradient(r, workspace.Values[i], workspace.Kept[i], workspace.Gradients[i + 1], flat.Of(i, row));
            }

            for (int i = 0; i < row.Length; i++)
            {
                sum[i] += row[i];
            }
        }

        Assert.That(sum, Is.EqualTo(expected).Within(1e-5));
    }

    // Biases start from 0 and gains from 1, where mistakes could hide.
    private static void Perturb(Network network, int layer, float[] numbers)
    {
        Span<float> parameters = network.Parameters(layer, numbers);
        var random = new RandomStream(layer);
        int stride = network.Layers[layer].OutputStride;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (i % stride < network.Layers[layer].OutputWidth)
            {
                parameters[i] += (float)(0.2 * random.NextGaussian());
            }
        }
    }

    private static float[] Random(int count, long seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
