using System.Numerics.Tensors;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// Gaussian process regression (Rasmussen and Williams 2006, algorithm 2.1) with the kernel of <see cref="RbfRows"/>, 1e-10 on the diagonal and targets as
/// they are: what scikit-learn does by default. Equal to <see cref="GaussianProcessRegressor"/> with these settings.
/// </summary>
/// <remarks>
/// A kernel that never changes allows what a fitted one does not: each round appends a row to the Cholesky factor and to L⁻¹K for the whole dataset, and
/// updates means and variances, O(n N) for n labelled of N items. It is measured by mean square error only.
/// </remarks>
internal sealed class FixedKernelRegressor : IModelManager, IGaussianPredictor
{
    private const double Diagonal = 1e-10;

    private readonly List<int> _labelled = [];
    private readonly List<double[]> _solved = [];
    private RbfRows? _kernel;
    private double[] _mean = [];
    private double[] _variance = [];

    /// <inheritdoc/>
    public bool IsTrained { get; private set; }

    /// <inheritdoc/>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        bool continues = ReferenceEquals(_kernel?.Dataset, labelled.Dataset) && labelled.Indices.StartsWith([.. _labelled]);
        if (!continues)
        {
            Begin(labelled.Dataset);
        }

        foreach (int item in labelled.Indices[_labelled.Count..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            Append(item, labelled.Dataset.GetLabel(item).Value);
        }

        IsTrained = true;
    }

    /// <inheritdoc/>
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        var mean = new double[items.Count];
        var deviation = new double[items.Count];
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = _mean[items.Indices[i]];
            deviation[i] = Math.Sqrt(Math.Max(0, _variance[items.Indices[i]]));
        }

        return new GaussianPredictions(mean, deviation);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Evaluate(DatasetView test, CancellationToken cancellationToken = default)
    {
        double squares = 0;
        foreach (int item in test.Indices)
        {
            double error = _mean[item] - test.Dataset.GetLabel(item).Value;
            squares += error * error;
        }

        return new Dictionary<string, double> { [MetricNames.MeanSquaredError] = squares / test.Count };
    }

    /// <summary>Forgets that it is trained; what the next round extends is kept.</summary>
    public void Reset() => IsTrained = false;

    private void Begin(IDataset dataset)
    {
        _kernel = new RbfRows(dataset);
        _labelled.Clear();
        _solved.Clear();
        _mean = new double[dataset.Count];
        _variance = new double[dataset.Count];
        Array.Fill(_variance, 1);
    }

    private void Append(int item, double label)
    {
        var row = new double[_mean.Length];
        _kernel!.WriteRow(item, row);
        double pivot = 1 + Diagonal;
        foreach (double[] earlier in _solved)
        {
            double factor = earlier[item];
            pivot -= factor * factor;
            TensorPrimitives.MultiplyAdd(earlier, -factor, row, row);
        }

        double root = Math.Sqrt(pivot);
        TensorPrimitives.Divide<double>(row, root, row);

        // (L⁻¹y)ₙ = (yₙ − Σ Lₙₖ (L⁻¹y)ₖ)/Lₙₙ, and the sum is the mean at the item before it was labelled.
        double weight = (label - _mean[item]) / root;
        TensorPrimitives.MultiplyAdd(row, weight, _mean, _mean);
        TensorPrimitives.MultiplyAdd<double>(row, Negative(row), _variance, _variance);
        _labelled.Add(item);
        _solved.Add(row);
    }

    private static double[] Negative(double[] row)
    {
        var negative = new double[row.Length];
        TensorPrimitives.Negate<double>(row, negative);
        return negative;
    }
}
