using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// Gaussian process classification by the Laplace approximation with the kernel of <see cref="RbfRows"/>, one against the rest where there are more than two
/// classes: what scikit-learn does by default. Its probabilities are those of <see cref="GaussianProcessClassifier"/> with these settings.
/// </summary>
/// <param name="variance">σ².</param>
/// <param name="lengthScale">ℓ.</param>
/// <param name="largestRank">The largest rank of the kernel matrix up to which it is worked with in factors.</param>
/// <remarks>
/// It is measured by balanced accuracy, and as scikit-learn predicts: two classes by the sign of the latent mean, which on features as they are is often all
/// that there is — at a distance of 20 the covariance is 1e-87, and every probability is one half to the last digit. More than two by the largest probability,
/// the last of equals.
/// </remarks>
internal sealed class FixedKernelClassifier(double variance = 1, double lengthScale = 1, int largestRank = FixedKernelClassifier.DefaultLargestRank)
    : IModelManager, IClassProbabilityPredictor
{
    private const int DefaultLargestRank = 160;

    private readonly Dictionary<int, double[]> _rows = [];
    private readonly List<ILaplaceSpace> _latent = [];
    private int[] _classes = [];
    private RbfRows? _kernel;
    private KernelRoot? _root;
    private ILaplaceSpace[] _spaces = [];

    /// <inheritdoc/>
    public bool IsTrained => _latent.Count > 0;

    private bool IsBinary => _classes.Length == 2;

    /// <inheritdoc/>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Prepare(labelled.Dataset);
        int[] labels = labelled.ClassLabels();
        int[] classes = [.. labels.Distinct().Order()];
        if (classes.Length < 2)
        {
            throw new ModelTrainingException("The labelled items are of one class; the paper's model needs two.");
        }

        int[] positives = classes.Length == 2 ? [classes[1]] : classes;

        // With fewer labels than that, matrices of the size of the labelled set are the smaller ones.
        bool byRank = _root is not null && labelled.Count > _root.Rank;
        if (_spaces.Length != positives.Length || byRank != _spaces[0] is WeightSpaceLaplace)
        {
            _spaces = Array.ConvertAll<int, ILaplaceSpace>(positives, _ => byRank ? new WeightSpaceLaplace(_root!) : new FunctionSpaceLaplace(Row, variance));
        }

        _latent.Clear();
        _classes = classes;
        for (int k = 0; k < positives.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _spaces[k].FindMode(labelled.Indices, Array.ConvertAll(labels, label => label == positives[k] ? 1.0 : 0));
            _latent.Add(_spaces[k]);
        }
    }

    /// <summary>Looks at a dataset before the first training, which does the same.</summary>
    /// <returns>Whether the kernel matrix has a low rank.</returns>
    public bool Prepare(IDataset dataset)
    {
        if (!ReferenceEquals(_kernel?.Dataset, dataset))
        {
            _kernel = new RbfRows(dataset, variance, lengthScale);
            _root = KernelRoot.TryFind(_kernel, largestRank);
            _rows.Clear();
            _spaces = [];
        }

        return _root is not null;
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[][] positive = Probabilities(items);
        int width = items.Task.ClassCount;
        var all = new double[items.Count * width];
        for (int i = 0; i < items.Count; i++)
        {
            Span<double> row = all.AsSpan(i * width, width);
            if (IsBinary)
            {
                row[_classes[0]] = 1 - positive[0][i];
                row[_classes[1]] = positive[0][i];
                continue;
            }

            double sum = positive.Sum(p => p[i]);
            for (int k = 0; k < _classes.Length; k++)
            {
                row[_classes[k]] = positive[k][i] / sum;
            }
        }

        return new ClassProbabilities(all, width);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Evaluate(DatasetView test, CancellationToken cancellationToken = default)
    {
        int[] truth = test.ClassLabels();
        int[] predicted = Predict(test);
        double recall = Enumerable.Range(0, truth.Length).GroupBy(i => truth[i])
            .Average(rows => rows.Count(i => predicted[i] == truth[i]) / (double)rows.Count());
        return new Dictionary<string, double> { [MetricNames.BalancedAccuracy] = recall };
    }

    /// <summary>Forgets the fit; what belongs to the dataset is kept.</summary>
    public void Reset() => _latent.Clear();

    private int[] Predict(DatasetView items)
    {
        if (IsBinary)
        {
            var mean = new double[items.Count];
            _latent[0].WriteMeans(items.Indices, mean);
            return Array.ConvertAll(mean, f => _classes[f > 0 ? 1 : 0]);
        }

        double[][] positive = Probabilities(items);
        var predicted = new int[items.Count];
        for (int i = 0; i < predicted.Length; i++)
        {
            double largest = positive.Max(p => p[i]);
            predicted[i] = _classes[Array.FindLastIndex(positive, p => p[i] == largest)];
        }

        return predicted;
    }

    private double[][] Probabilities(DatasetView items)
    {
        var all = new double[_latent.Count][];
        double[] mean = new double[items.Count], variance = new double[items.Count];
        for (int k = 0; k < all.Length; k++)
        {
            _latent[k].WriteMeans(items.Indices, mean);
            _latent[k].WriteVariances(items.Indices, variance);
            all[k] = new double[items.Count];
            for (int i = 0; i < items.Count; i++)
            {
                all[k][i] = AveragedLogistic.Of(mean[i], variance[i]);
            }
        }

        return all;
    }

    private double[] Row(int item)
    {
        if (!_rows.TryGetValue(item, out double[]? row))
        {
            row = new double[_kernel!.Dataset.Count];
            _kernel.WriteRow(item, row);
            _rows.Add(item, row);
        }

        return row;
    }
}
