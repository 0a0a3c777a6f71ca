using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>
/// Trained networks as functions of inputs and parameters: central differences of their outputs, and what must hold between the parts. A step
/// may cross the kink of a ReLU: then the difference to the other side counts.
/// </summary>
public sealed class DerivativeTests
{
    private const int Rows = 6;

    private static readonly double[] FeatureScales = [40, 0.02, 1];
    private static readonly double[] FeatureMeans = [-300, 0.5, 2];

    [Test]
    public void AClassifiersGradientsAgreeWithDifferences([Values] ActivationFunction activation, [Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Scaled(Toy.Classification(50));
        var model = new NeuralNetworkClassifier(Options(activation, normalisation));
        model.Train(data, null, new RandomStream(3));
        AssertGradients(model, data, 3);
    }

    [Test]
    public void ARegressorsGradientsAgreeWithDifferences([Values] ActivationFunction activation, [Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Scaled(Toy.Regression(50, columns: 3));
        var value = new NeuralNetworkRegressor(Options(activation, normalisation));
        value.Train(data, null, new RandomStream(3));
        AssertGradients(value, data, 1);
        Assert.That(value.Outputs(data.Features), Is.EqualTo(value.PredictValues(data)));
        var moments = new MeanVarianceNetworkRegressor(Options(activation, normalisation));
        moments.Train(data, null, new RandomStream(3));
        AssertGradients(moments, data, 1);
        Assert.That(moments.Outputs(data.Features), Is.EqualTo(moments.PredictGaussian(data).Mean.ToArray()));
    }

    [Test]
    public void LogisticRegressionsGradientsAgreeWithDifferences([Values(2, 3)] int classes)
    {
        DatasetView data = Scaled(Toy.Classification(50, classes: classes, taskClasses: 4));
        var model = new LogisticRegression();
        model.Train(data, null, new RandomStream(1));
        AssertInputGradients(model, data.Slice(0, Rows).Features, 4, 1e-3);
    }

    [Test]
    public void TheParametersLieWithoutGapsUnderTheirNames()
    {
        var model = new NeuralNetworkClassifier(Options(ActivationFunction.Relu, NetworkNormalisation.Batch));
        model.Train(Toy.Classification(20), null, new RandomStream(1));
        Assert.That(model.Parameters.Groups, Is.EqualTo(new ParameterGroup[]
        {
            new("dense 1 weights", 0, 21, true),
            new("dense 1 biases", 21, 7, false),
            new("normalisation 1 gains", 28, 7, false),
            new("normalisation 1 shifts", 35, 7, false),
            new("dense 2 weights", 42, 35, true),
            new("dense 2 biases", 77, 5, false),
            new("normalisation 2 gains", 82, 5, false),
            new("normalisation 2 shifts", 87, 5, false),
            new("dense 3 weights", 92, 15, true),
            new("dense 3 biases", 107, 3, false),
        }));
        Assert.That(model.CopyParameters(), Has.Length.EqualTo(110).And.None.Zero);
    }

    [Test]
    public void ThePartsAgreeWithOneAnother([Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Toy.Classification(600);
        NeuralNetworkOptions options = Options(ActivationFunction.Relu, normalisation) with { Dropout = 0.2 };
        NeuralNetworkClassifier model = new(options), parallel = new(options with { MaxDegreeOfParallelism = 4 });
        model.Train(data, null, new RandomStream(3));
        parallel.Train(data, null, new RandomStream(3));
        ClassLogits logits = model.PredictLogits(data);
        Assert.That(logits.Softmax().Values.ToArray(), Is.EqualTo(model.PredictProbabilities(data).Values.ToArray()));
        Assert.That(model.Head.Apply(model.Embed(data)), Is.EqualTo(logits.Values.ToArray()).Within(1e-5), "the head");
        Assert.That(model.Outputs(data, model.CopyParameters()), Is.EqualTo(logits.Values.ToArray()), "its own parameters");
        Assert.That(model.Outputs(data.Features), Is.EqualTo(logits.Values.ToArray()));

        var context = new QueryContext(data, data.Slice(0, 0), model, new RandomStream(1));
        GradientEmbeddings factored = context.GradientEmbeddings;
        double[] weights = factored.OutputFactors.ToArray();
        FeatureMatrix rows = model.PerSampleGradients(data, weights);
        ParameterGroup last = model.Parameters.Groups[^2], biases = model.Parameters.Groups[^1];
        for (int i = 0; i < data.Count; i += 37)
        {
            // The engine keeps weights [in×out]; the catalogue's gradients are a ⊗ h.
            float[] expected = [.. factored.Embeddings.Row(i).ToArray().SelectMany(h => factored.OutputFactor(i).ToArray().Select(a => (float)(a * h)))];
            Assert.That(rows.Row(i).Slice(last.Start, last.Length).ToArray(), Is.EqualTo(expected).Within(1e-5), "the last layer");
            Assert.That(rows.Row(i).Slice(biases.Start, biases.Length).ToArray(), Is.EqualTo(factored.OutputFactor(i).ToArray()).Within(1e-6));
        }

        float[] gradient = model.Gradient(data, weights);
        double[] sums = [.. Enumerable.Range(0, gradient.Length).Select(j => Enumerable.Range(0, data.Count).Sum(i => (double)rows.Row(i)[j]))];
        Assert.That(gradient.Select(g => (double)g), Is.EqualTo(sums).Within(1e-3), "the sum over rows");
        Assert.That(parallel.Gradient(data, weights), Is.EqualTo(gradient), "threads");
        Assert.That(parallel.PerSampleGradients(data, weights).Values.ToArray(), Is.EqualTo(rows.Values.ToArray()), "threads");
        Assert.That(
            parallel.InputGradients(data.Features, weights).Values.ToArray(),
            Is.EqualTo(model.InputGradients(data.Features, weights).Values.ToArray()),
            "threads");
    }

    [Test]
    public void OtherParametersLeaveTheModelAsItIsFromManyThreadsAtOnce()
    {
        DatasetView data = Toy.Regression(300);
        var model = new NeuralNetworkRegressor(Options(ActivationFunction.Tanh, NetworkNormalisation.Layer));
        model.Train(data, null, new RandomStream(3));
        double[] before = model.PredictValues(data);
        float[] parameters = model.CopyParameters();
        float[][] others = [.. Enumerable.Range(1, 16).Select(k => parameters.Select(p => p * (1 + (0.01f * k))).ToArray())];
        double[][] expected = [.. others.Select(other => model.Outputs(data, other))];
        Assert.That(expected[0], Is.Not.EqualTo(before));
        var actual = new double[others.Length][];
        Parallel.For(0, others.Length, k => actual[k] = model.Outputs(data, others[k]));
        Assert.That(actual, Is.EqualTo(expected));
        Assert.That(model.PredictValues(data), Is.EqualTo(before));
        Array.Clear(parameters);
        Assert.That(model.PredictValues(data), Is.EqualTo(before), "the copy is a copy");
    }

    [Test]
    public void DeepFoolsExampleFollowsFromInputGradients()
    {
        // The catalogue's EX-DEEPFOOL.
        NetworkFunction f = Linear([[2, 0], [0, 1], [-1, -1]], [0, 0.5f, 0]);
        var x = new FeatureMatrix(new[] { 1f, 0.5f }, 1, 2);
        double[] z = f.Outputs(x, default);
        Assert.That(z, Is.EqualTo(new[] { 2, 1, -1.5 }));
        float[][] g = [.. Enumerable.Range(0, 3).Select(k => f.InputGradients(x, OneHot(k), default).Row(0).ToArray())];
        double[] distances = [.. new[] { 1, 2 }.Select(k => Math.Abs(z[k] - z[0]) / Math.Sqrt(Square(g[k][0] - g[0][0]) + Square(g[k][1] - g[0][1])))];
        Assert.That(distances, Is.EqualTo(new[] { 0.447214, 1.106797 }).Within(1e-6));
        double scale = Math.Abs(z[1] - z[0]) / (Square(g[1][0] - g[0][0]) + Square(g[1][1] - g[0][1]));
        Assert.That(new[] { scale * (g[1][0] - g[0][0]), scale * (g[1][1] - g[0][1]) }, Is.EqualTo(new[] { -0.4, 0.2 }).Within(1e-6));

        float[] eta = [0, 0];
        int steps = 0;
        for (double[] outputs = z; outputs[0] >= outputs.Max(); steps++)
        {
            var moved = new FeatureMatrix(new[] { 1 + eta[0], 0.5f + eta[1] }, 1, 2);
            double[] weights = new ClassLogits(f.Outputs(moved, default), 3).Softmax().Values.ToArray();
            weights[0] -= 1;
            ReadOnlySpan<float> gradient = f.InputGradients(moved, weights, default).Row(0);
            eta = [eta[0] + (0.05f * Math.Sign(gradient[0])), eta[1] + (0.05f * Math.Sign(gradient[1]))];
            outputs = f.Outputs(new FeatureMatrix(new[] { 1 + eta[0], 0.5f + eta[1] }, 1, 2), default);
        }

        Assert.That(steps, Is.EqualTo(7));
        Assert.That(eta, Is.EqualTo(new[] { -0.35f, 0.35f }).Within(1e-6));

        static double[] OneHot(int k) => [.. Enumerable.Range(0, 3).Select(c => c == k ? 1.0 : 0)];
    }

    [Test]
    public void TheSharpnessExampleFollowsFromGradientsAndPerturbation()
    {
        // The catalogue's EX-SAAL.
        NetworkFunction f = Linear([[1, 0], [0, 1]], [0, 0]);
        var x = new FeatureMatrix(new[] { 2f, 1f }, 1, 2);
        double[] p = new ClassLogits(f.Outputs(x, default), 2).Softmax().Values.ToArray();
        Assert.That(p, Is.EqualTo(new[] { 0.731059, 0.268941 }).Within(1e-6));
        float[] g = f.PerSampleGradients(x, new[] { p[0] - 1, p[1] }, default).Row(0).ToArray();
        Assert.That(Math.Sqrt(g.Sum(v => (double)v * v)), Is.EqualTo(0.931640).Within(1e-6));
        float[] theta = [1, 0, 0, 1, 0, 0];
        double norm = Math.Sqrt(g.Zip(theta, (v, t) => Square(Math.Abs(t) * v)).Sum());
        Assert.That(norm, Is.EqualTo(0.601371).Within(1e-6));
        Assert.That(LossAt((t, v) => 0.05 * t * t * v / norm), Is.EqualTo(0.344580).Within(1e-6));
        Assert.That(LossAt((t, v) => 0.05 * t * t * v / 0.931640), Is.EqualTo(0.333189).Within(1e-6));
        Assert.That(LossAt((t, v) => 0.05 * v / 0.931640), Is.EqualTo(0.362870).Within(1e-6));
        Assert.That(LossAt((_, _) => 0), Is.EqualTo(0.313262).Within(1e-6));

        double LossAt(Func<double, double, double> step)
        {
            float[] moved = [.. theta.Zip(g, (t, v) => (float)(t + step(t, v)))];
            return -Math.Log(new ClassLogits(f.OutputsUnder(moved, x, default), 2).Softmax().Values[0]);
        }
    }

    [Test]
    public void WhatDoesNotFitIsRefused()
    {
        DatasetView data = Toy.Classification(10);
        var model = new NeuralNetworkClassifier(Options(ActivationFunction.Relu, NetworkNormalisation.None));
        model.Train(data, null, new RandomStream(1));
        float[] parameters = model.CopyParameters();
        Assert.That(() => model.Gradient(data, new double[29]), Throws.ArgumentException.With.Message.Contains("30").And.Message.Contains("29"));
        Assert.That(() => model.PerSampleGradients(data, new double[31]), Throws.ArgumentException);
        Assert.That(() => model.InputGradients(data.Features, new double[3]), Throws.ArgumentException);
        double[] weights = new double[30];
        weights[4] = double.NaN;
        Assert.That(() => model.Gradient(data, weights), Throws.ArgumentException.With.Message.Contains("row 1, column 1"));
        Assert.That(() => model.Outputs(data, new float[5]), Throws.ArgumentException.With.Message.Contains("5"));
        parameters[2] = float.PositiveInfinity;
        Assert.That(() => model.Outputs(data, parameters), Throws.ArgumentException);
        Array.Fill(parameters, 1e30f);
        Assert.That(() => model.Outputs(data, parameters), Throws.TypeOf<ModelTrainingException>(), "outputs that float32 cannot hold");
        Array.Fill(weights, 1e300);
        Assert.That(() => model.Gradient(data, weights), Throws.TypeOf<ModelTrainingException>());
        Assert.That(() => model.PerSampleGradients(data, weights), Throws.TypeOf<ModelTrainingException>());
        Assert.That(() => model.InputGradients(data.Features, weights), Throws.TypeOf<ModelTrainingException>());
        Assert.That(model.Gradient(data.Slice(0, 0), Array.Empty<double>()), Is.EqualTo(new float[parameters.Length]));
    }

    [Test]
    public void AFeatureThatCountsAsTheFarthestHasNoGradient()
    {
        var model = new NeuralNetworkRegressor(Options(ActivationFunction.Tanh, NetworkNormalisation.None));
        model.Train(Toy.Regression(20), null, new RandomStream(1));
        ReadOnlySpan<float> gradient = model.InputGradients(new FeatureMatrix(new[] { 0, 1e30f, 0, 0 }, 2, 2), new double[] { 1, 1 }).Values;
        Assert.That(gradient[1], Is.Zero);
        Assert.That(gradient[3], Is.Not.Zero);
    }

    private static NeuralNetworkOptions Options(ActivationFunction activation, NetworkNormalisation normalisation) =>
        new() { HiddenWidths = [7, 5], Activation = activation, Normalisation = normalisation, Epochs = 4 };

    private static double Square(double value) => value * value;

    private static DatasetView Scaled(DatasetView data)
    {
        float[][] rows = [.. Enumerable.Range(0, data.Count).Select(i =>
            data.Features.Row(i).ToArray().Select((x, j) => (float)((x * FeatureScales[j]) + FeatureMeans[j])).ToArray())];
        return data.Task.Kind == TaskKinds.Classification
            ? Toy.FromClassification(rows, data.ClassLabels(), data.Task.ClassCount)
            : Toy.FromRegression(rows, [.. data.Values().Select(y => (500 * y) - 20)]);
    }

    private static NetworkFunction Linear(float[][] weights, float[] biases)
    {
        int width = weights[0].Length;
        var network = new Network([new DenseLayer(width, biases.Length)]);
        float[] flat = [.. Enumerable.Range(0, width).SelectMany(j => weights.Select(row => row[j])), .. biases];
        var numbers = new float[network.NumberCount];
        new FlatParameters(network).Unpack(flat, numbers);
        double[] ones = [.. Enumerable.Repeat(1.0, width)];
        return new NetworkFunction(
            new TrainedNetwork(network, new InputScale(new double[width], ones), new TargetScale(0, 1), numbers, 1), biases.Length, threads: 1);
    }

    private static void AssertGradients<TModel>(TModel model, DatasetView data, int outputs)
        where TModel : IInputGradients, IParameterGradients, IParameterPerturbation
    {
        DatasetView items = data.Slice(0, Rows);
        AssertInputGradients(model, items.Features, outputs, 2e-3);
        double[] weights = OutputWeights(outputs);
        float[] parameters = ((IParameterPerturbation)model).CopyParameters();
        float[] gradient = model.Gradient(items, weights);
        FeatureMatrix rows = model.PerSampleGradients(items, weights);
        double largest = gradient.Max(Math.Abs), largestOfRows = rows.Values.ToArray().Max(Math.Abs);
        const float Step = 1f / 256;
        double[] at = model.Outputs(items, parameters);
        for (int j = 0; j < parameters.Length; j++)
        {
            float value = parameters[j];
            parameters[j] = value + Step;
            double[] above = model.Outputs(items, parameters);
            parameters[j] = value - Step;
            double[] below = model.Outputs(items, parameters);
            parameters[j] = value;
            double[] slopes = [.. Enumerable.Range(0, Rows).Select(i =>
                Slope(rows.Row(i)[j], Weighted(above, i), Weighted(at, i), Weighted(below, i), Step))];
            Assert.That(gradient[j], Is.EqualTo(slopes.Sum()).Within(2e-3 * largest), $"parameter {j}");
            for (int i = 0; i < Rows; i++)
            {
                Assert.That(rows.Row(i)[j], Is.EqualTo(slopes[i]).Within(2e-3 * largestOfRows), $"parameter {j}, row {i}");
            }
        }

        double Weighted(double[] f, int row) => Enumerable.Range(row * outputs, outputs).Sum(k => weights[k] * f[k]);
    }

    private static void AssertInputGradients(IInputGradients model, FeatureMatrix inputs, int outputs, double tolerance)
    {
        Assert.That(model.InputWidth, Is.EqualTo(inputs.ColumnCount));
        Assert.That(model.OutputCount, Is.EqualTo(outputs));
        double[] weights = OutputWeights(outputs);
        FeatureMatrix gradients = model.InputGradients(inputs, weights);
        for (int j = 0; j < inputs.ColumnCount; j++)
        {
            double largest = Enumerable.Range(0, Rows).Max(i => Math.Abs(gradients.Row(i)[j]));
            for (int i = 0; i < Rows; i++)
            {
                double step = FeatureScales[j] / 256;
                double slope = Slope(gradients.Row(i)[j], Weighted(i, j, step), Weighted(i, j, 0), Weighted(i, j, -step), step);
                Assert.That(gradients.Row(i)[j], Is.EqualTo(slope).Within(tolerance * largest), $"row {i}, feature {j}");
            }
        }

        double Weighted(int row, int feature, double step)
        {
            float[] values = inputs.Values.ToArray();
            int at = (row * inputs.ColumnCount) + feature;
            values[at] = (float)(values[at] + step);
            double[] f = model.Outputs(new FeatureMatrix(values, inputs.RowCount, inputs.ColumnCount));
            return Enumerable.Range(row * outputs, outputs).Sum(k => weights[k] * f[k]);
        }
    }

    // The central difference, or the one to either side if that is nearer.
    private static double Slope(double gradient, double above, double at, double below, double step) =>
        new[] { (above - below) / (2 * step), (above - at) / step, (at - below) / step }.MinBy(s => Math.Abs(s - gradient));

    private static double[] OutputWeights(int outputs)
    {
        var random = new RandomStream(12);
        return [.. Enumerable.Range(0, Rows * outputs).Select(_ => random.NextGaussian())];
    }
}
