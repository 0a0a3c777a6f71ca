using System.Text.Json;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class SmallNetworkTests
{
    [Test]
    public void Outputs_gradients_and_steps_are_those_of_PyTorch()
    {
        JsonElement golden = GoldenData.OpenSetSection("network");
        var network = new SmallNetwork(new RandomStream(1), 3, 5, 4);
        golden.Numbers("parameters").CopyTo(network.Parameters);

        // Room for more rows than there are.
        var pass = new NetworkPass(network, 9) { Count = 6 };
        golden.Numbers("rows").CopyTo(pass.Inputs);
        for (int step = 0; step < 3; step++)
        {
            network.Forward(pass);
            golden.Numbers("weights").CopyTo(pass.OutputGradient);
            network.Backward(pass, learn: true, toInputs: false);
            if (step == 0)
            {
                Close.Check(pass.Outputs, golden.Numbers("outputs"), what: "outputs");
                Close.Check(network.Gradient, golden.Numbers("gradient"), what: "gradient");
            }

            network.Step(0.02);
        }

        Close.Check(network.Parameters, golden.Numbers("after"), 1e-9, "parameters");
    }

    [Test]
    public void Gradients_agree_with_differences([Values] bool byHidden)
    {
        var random = new RandomStream(4);
        var network = new SmallNetwork(random, 4, 6, 5, 3);
        var pass = new NetworkPass(network, 7);
        double[] weights = Draws(random, 21), hiddenWeights = Draws(random, 35);
        random.FillGaussian(pass.Inputs);
        double Value()
        {
            network.Forward(pass);
            return Dot(pass.Outputs, weights) + (byHidden ? Dot(pass.Hidden, hiddenWeights) : 0);
        }

        Value();
        weights.CopyTo(pass.OutputGradient);
        network.Backward(pass, learn: true, toInputs: true, byHidden ? hiddenWeights : default);
        double[] byInputs = pass.InputGradient.ToArray();
        for (int p = 0; p < network.Parameters.Length; p++)
        {
            Assert.That(network.Gradient[p], Is.EqualTo(Difference(ref network.Parameters[p], Value)).Within(1e-6), $"parameter {p}");
        }

        for (int i = 0; i < byInputs.Length; i++)
        {
            Assert.That(byInputs[i], Is.EqualTo(Difference(ref pass.Inputs[i], Value)).Within(1e-6), $"input {i}");
        }
    }

    [Test]
    public void Gradients_of_gradients_agree_with_differences()
    {
        var random = new RandomStream(4);
        var network = new SmallNetwork(random, 4, 6, 5, 1);
        NetworkPass pass = new(network, 3), tangents = new(network, 3);
        double[] directions = Draws(random, 12), weights = [0.5, -2, 1], outputWeights = [-1, 0.3, 0.7];
        random.FillGaussian(pass.Inputs);
        double Value()
        {
            network.Forward(pass);
            pass.OutputGradient.Fill(1);
            network.Backward(pass, learn: false, toInputs: true);
            double sum = Dot(pass.Outputs, outputWeights);
            for (int i = 0; i < 12; i++)
            {
                sum += weights[i / 4] * directions[i] * pass.InputGradient[i];
            }

            return sum;
        }

        Value();
        directions.CopyTo(tangents.Inputs);
        network.LearnFromSlopes(pass, tangents, outputWeights, weights);
        for (int p = 0; p < network.Parameters.Length; p++)
        {
            Assert.That(network.Gradient[p], Is.EqualTo(Difference(ref network.Parameters[p], Value)).Within(1e-6), $"parameter {p}");
        }
    }

    [Test]
    public void Rows_are_standardised_and_constant_columns_are_nothing()
    {
        var rows = new StandardisedRows(FeatureMatrix.FromRows([[1, 0.1f, 5], [3, 0.1f, 5], [5, 0.1f, 8]]));
        double a = Math.Sqrt(1.5), b = Math.Sqrt(0.5);
        Close.Check(TestData.All(rows), [-a, 0, -b, 0, 0, -b, a, 0, 2 * b], 1e-7);
    }

    [Test]
    public void A_column_that_varies_by_rounding_alone_is_nothing()
    {
        var rows = new StandardisedRows(FeatureMatrix.FromRows([[1000, 1000], [MathF.BitIncrement(1000), 1000.5f], [1000, 1001]]), deviation: 0.5);
        double[] values = TestData.All(rows);
        Assert.That(values.Where((_, i) => i % 2 == 0), Is.All.Zero);
        Close.Check(values.Where((_, i) => i % 2 == 1).Sum(v => v * v) / 3, 0.25, 1e-9);
    }

    private static double[] Draws(RandomStream random, int count)
    {
        var draws = new double[count];
        random.FillGaussian(draws);
        return draws;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);

    private static double Difference(ref double at, Func<double> value)
    {
        double kept = at;
        at = kept + 1e-6;
        double above = value();
        at = kept - 1e-6;
        double below = value();
        at = kept;
        return (above - below) / 2e-6;
    }
}
