using System.Text.Json;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class DenseNetworkTests
{
    [Test]
    public void Outputs_gradients_and_steps_are_those_of_PyTorch()
    {
        JsonElement golden = GoldenData.OpenSetSection("network");
        double[] rows = golden.Numbers("rows"), weights = golden.Numbers("weights"), hidden = new double[6 * 5], outputs = new double[6 * 4];
        var network = new DenseNetwork(3, 5, 4, new RandomStream(1));
        golden.Numbers("parameters").CopyTo(network.Parameters);
        for (int step = 0; step < 3; step++)
        {
            network.Forward(rows, hidden, outputs);
            network.Backward(rows, hidden, weights);
            if (step == 0)
            {
                Close.Check(outputs, golden.Numbers("outputs"), what: "outputs");
                Close.Check(network.Predict(rows, -1, default), outputs, what: "the same in parallel");
                Close.Check(network.Gradient, golden.Numbers("gradient"), what: "gradient");
            }

            network.Step(0.02);
        }

        Close.Check(network.Parameters, golden.Numbers("after"), 1e-9, "parameters");
    }

    [Test]
    public void Rows_are_standardised_and_constant_columns_are_nothing()
    {
        double[] rows = StandardisedRows.Of(FeatureMatrix.FromRows([[1, 0.1f, 5], [3, 0.1f, 5], [5, 0.1f, 8]]));
        double a = Math.Sqrt(1.5), b = Math.Sqrt(0.5);
        Close.Check(rows, [-a, 0, -b, 0, 0, -b, a, 0, 2 * b], 1e-7);
    }
}
