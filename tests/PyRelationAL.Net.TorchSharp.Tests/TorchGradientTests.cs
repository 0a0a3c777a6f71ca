using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>Autograd against central differences of the model's own outputs.</summary>
public class TorchGradientTests
{
    private const int Items = 5;

    [Test]
    public void InputGradientsAreTheDifferencesOfTheOutputs([Values] bool classifies)
    {
        using TorchModelManager model = Trained(classifies, out DatasetView items);
        double[] w = Weights(model);
        FeatureMatrix gradients = model.InputGradients(items.Features, w);
        const float step = 1e-2f;
        for (int n = 0; n < Items; n++)
        {
            for (int j = 0; j < model.InputWidth; j++)
            {
                double difference = (Weighted(Moved(step)) - Weighted(Moved(-step))) / (2 * step);
                Assert.That(gradients.Row(n)[j], Is.EqualTo(difference).Within(2e-3 * (1 + Math.Abs(difference))));

                double Weighted(FeatureMatrix x)
                {
                    double[] outputs = model.Outputs(x);
                    return Enumerable.Range(n * model.OutputCount, model.OutputCount).Sum(i => w[i] * outputs[i]);
                }

                FeatureMatrix Moved(float by)
                {
                    float[] values = items.Features.Values.ToArray();
                    values[(n * model.InputWidth) + j] += by;
                    return new FeatureMatrix(values, Items, model.InputWidth);
                }
            }
        }
    }

    [Test]
    public void ParameterGradientsAreTheDifferencesOfTheOutputsAndTheSumOverSamples([Values] bool classifies)
    {
        using TorchModelManager model = Trained(classifies, out DatasetView items);
        double[] w = Weights(model);
        float[] gradient = model.Gradient(items, w), learned = model.CopyParameters();
        FeatureMatrix samples = model.PerSampleGradients(items, w);
        Assert.That(gradient, Has.Length.EqualTo(model.Parameters.Count));
        const float step = 1e-2f;
        for (int p = 0; p < gradient.Length; p++)
        {
            double difference = (Weighted(step) - Weighted(-step)) / (2 * step);
            double scale = 1 + Math.Abs(difference);
            Assert.That(gradient[p], Is.EqualTo(difference).Within(5e-3 * scale), model.Parameters.Groups.Last(g => g.Start <= p).Name);
            Assert.That(Enumerable.Range(0, Items).Sum(n => (double)samples.Row(n)[p]), Is.EqualTo(gradient[p]).Within(1e-4 * scale));

            double Weighted(float by)
            {
                float[] moved = [.. learned];
                moved[p] += by;
                return model.Outputs(items, moved).Zip(w, (f, v) => f * v).Sum();
            }
        }
    }

    [Test]
    public void OtherParametersAreAskedAboutAndForgotten()
    {
        using TorchModelManager model = Trained(true, out DatasetView items);
        double[] before = model.Outputs(items.Features);
        Assert.That(model.Outputs(items, model.CopyParameters()), Is.EqualTo(before));
        Assert.That(model.Outputs(items, new float[model.Parameters.Count]), Is.All.Zero);
        Assert.That(model.Outputs(items.Features), Is.EqualTo(before));
        Assert.That(() => model.Outputs(items, new float[3]), Throws.ArgumentException.With.Message.Contains("expected 115"));
        Assert.That(() => model.Outputs(items, Enumerable.Repeat(float.NaN, 115).ToArray()), Throws.ArgumentException);
    }

    [Test]
    public void TheLayoutNamesTheParameters()
    {
        using TorchModelManager model = Trained(true, out _);
        Assert.That(model.Parameters.Groups, Is.EqualTo(new ParameterGroup[]
        {
            new("hidden.weight", 0, 48, true),
            new("hidden.bias", 48, 16, false),
            new("head.weight", 64, 48, true),
            new("head.bias", 112, 3, false),
        }));
    }

    [Test]
    public void WeightsThatDoNotFitAreRefused()
    {
        using TorchModelManager model = Trained(true, out DatasetView items);
        Assert.That(() => model.Gradient(items, new double[4]), Throws.ArgumentException.With.Message.Contains("5×3"));
        Assert.That(() => model.InputGradients(items.Features, new double[4]), Throws.ArgumentException);
        Assert.That(() => model.InputGradients(Toy.Gaussian(5, 4, 1), new double[15]), Throws.ArgumentException.With.Message.Contains("columns"));
        Assert.That(() => model.Outputs(Toy.Gaussian(5, 4, 1)), Throws.ArgumentException);
    }

    private static TorchModelManager Trained(bool classifies, out DatasetView items)
    {
        TorchModelManager model = classifies ? new TorchClassifier(TorchModels.Classifying()) : new TorchRegressor(TorchModels.Regressing());
        DatasetView Data(int rows, long seed) => classifies ? Toy.Classification(rows, seed: seed) : Toy.Regression(rows, seed: seed);
        model.Train(Data(25, 1), null, new RandomStream(1));
        items = Data(Items, 9);
        return model;
    }

    private static double[] Weights(TorchModelManager model)
    {
        var random = new RandomStream(3);
        return [.. Enumerable.Range(0, Items * model.OutputCount).Select(_ => random.NextGaussian())];
    }
}
