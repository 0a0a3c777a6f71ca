using System.Numerics.Tensors;

namespace PyRelationAL.Models.Linear;

/// <summary>
/// The penalised negative log likelihood of multinomial logistic regression in preconditioned coordinates: features centred, which the unpenalised
/// intercepts undo, and each feature's weight divided by the square root of a bound on the Hessian's diagonal. The minimum is the same; the way there does
/// not depend on the features' scales.
/// </summary>
internal sealed class SoftmaxObjective
{
    private readonly CentredFeatures _features;
    private readonly int[] _targets;
    private readonly double[] _penalties;

    /// <param name="features">Training rows; scaled in place.</param>
    /// <param name="targets">The position of each row's class among the classes present.</param>
    /// <param name="outputs">K linear functions; 1 for two classes, whose lower class has the function 0.</param>
    /// <param name="inverseRegularisation">C.</param>
    public SoftmaxObjective(CentredFeatures features, int[] targets, int outputs, double inverseRegularisation)
    {
        _features = features;
        _targets = targets;
        Outputs = outputs;
        Scales = new double[features.Width];
        _penalties = new double[features.Width];
        var squares = new double[features.Width];
        for (int i = 0; i < features.RowCount; i++)
        {
            TensorPrimitives.MultiplyAdd(features.Row(i), features.Row(i), squares, squares);
        }

        for (int j = 0; j < Scales.Length; j++)
        {
            double curvature = (squares[j] / 4) + (1 / inverseRegularisation);
            Scales[j] = 1 / Math.Sqrt(curvature);
            _penalties[j] = 1 / (inverseRegularisation * curvature);
        }

        for (int i = 0; i < features.RowCount; i++)
        {
            TensorPrimitives.Multiply(features.Row(i), Scales, features.Row(i));
        }

        InterceptScale = 2 / Math.Sqrt(features.RowCount);
    }

    public int Outputs { get; }

    public double[] Scales { get; }

    public double InterceptScale { get; }

    public int ParameterCount => Outputs * (_features.Width + 1);

    /// <summary>Parameters are K rows of D scaled weights, followed by K scaled intercepts.</summary>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        int width = _features.Width;
        double value = 0;
        for (int k = 0; k < Outputs; k++)
        {
            ReadOnlySpan<double> weights = parameters.Slice(k * width, width);
            TensorPrimitives.Multiply(weights, _penalties, gradient.Slice(k * width, width));
            value += 0.5 * TensorPrimitives.Dot(gradient.Slice(k * width, width), weights);
        }

        Span<double> interceptGradient = gradient[(Outputs * width)..];
        interceptGradient.Clear();
        Span<double> outputs = new double[Outputs];
        for (int i = 0; i < _features.RowCount; i++)
        {
            ReadOnlySpan<double> row = _features.Row(i);
            for (int k = 0; k < Outputs; k++)
            {
                outputs[k] = TensorPrimitives.Dot(row, parameters.Slice(k * width, width)) + (InterceptScale * parameters[(Outputs * width) + k]);
            }

            value += Loss(outputs, _targets[i]);
            for (int k = 0; k < Outputs; k++)
            {
                Span<double> target = gradient.Slice(k * width, width);
                TensorPrimitives.MultiplyAdd(row, outputs[k], target, target);
                interceptGradient[k] += InterceptScale * outputs[k];
            }
        }

        return value;
    }

    /// <summary>−ln p of the target; replaces the outputs by its derivatives.</summary>
    private static double Loss(Span<double> outputs, int target)
    {
        if (outputs.Length == 1)
        {
            double z = outputs[0];
            outputs[0] = LogisticFunction.Sigmoid(z) - target;
            return -LogisticFunction.LogSigmoid(target == 1 ? z : -z);
        }

        double chosen = outputs[target];
        double logSum = LogSumExp(outputs);
        for (int k = 0; k < outputs.Length; k++)
        {
            outputs[k] = Math.Exp(outputs[k] - logSum);
        }

        outputs[target] -= 1;
        return logSum - chosen;
    }

    private static double LogSumExp(ReadOnlySpan<double> values)
    {
        double largest = TensorPrimitives.Max(values), sum = 0;
        foreach (double value in values)
        {
            sum += Math.Exp(value - largest);
        }

        return largest + Math.Log(sum);
    }
}
