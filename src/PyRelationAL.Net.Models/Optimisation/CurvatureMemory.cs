using System.Numerics.Tensors;

namespace PyRelationAL.Models.Optimisation;

/// <summary>The last few steps and gradient changes, and the product of the inverse Hessian that they imply with a vector (two-loop recursion).</summary>
internal sealed class CurvatureMemory(int capacity)
{
    private readonly List<(double[] Step, double[] Change, double Curvature)> _pairs = [];

    public bool IsEmpty => _pairs.Count == 0;

    public void Clear() => _pairs.Clear();

    public void Add(double[] point, double[] gradient, double[] newPoint, double[] newGradient)
    {
        var step = new double[point.Length];
        var change = new double[point.Length];
        TensorPrimitives.Subtract<double>(newPoint, point, step);
        TensorPrimitives.Subtract<double>(newGradient, gradient, change);
        double curvature = TensorPrimitives.Dot<double>(step, change);
        // A step without positive curvature would make the implied Hessian indefinite.
        if (!(curvature > 2.2e-16 * TensorPrimitives.Dot<double>(change, change)))
        {
            return;
        }

        if (_pairs.Count == capacity)
        {
            _pairs.RemoveAt(0);
        }

        _pairs.Add((step, change, curvature));
    }

    public void Apply(Span<double> vector)
    {
        var shares = new double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            var (step, change, curvature) = _pairs[i];
            shares[i] = TensorPrimitives.Dot(step, vector) / curvature;
            TensorPrimitives.MultiplyAdd(change, -shares[i], vector, vector);
        }

        var last = _pairs[^1];
        TensorPrimitives.Multiply(vector, last.Curvature / TensorPrimitives.Dot<double>(last.Change, last.Change), vector);
        for (int i = 0; i < _pairs.Count; i++)
        {
            var (step, change, curvature) = _pairs[i];
            double share = shares[i] - (TensorPrimitives.Dot(change, vector) / curvature);
            TensorPrimitives.MultiplyAdd(step, share, vector, vector);
        }
    }
}
