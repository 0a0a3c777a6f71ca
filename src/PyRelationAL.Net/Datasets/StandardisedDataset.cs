using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>
/// A dataset with each feature centred and divided by its standard deviation (population), both computed once from the given rows: pass the training rows, so
/// that nothing leaks from the test set. A feature that does not vary there is centred only. Rows are standardised each time they are asked for, so that a
/// large dataset that keeps bytes or sparse rows stays as small as it is; where the result is asked for many times and fits into memory,
/// <see cref="InMemoryDataset.Standardised"/> gives the same bits as a copy.
/// </summary>
/// <remarks>Labels are those of the dataset: setting one sets it there. Learning mean and deviation reads the rows twice.</remarks>
public sealed class StandardisedDataset : IMatrixDataset
{
    private readonly IDataset _dataset;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>Learns mean and deviation.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rows">At least one row to learn mean and deviation from, each in [0, dataset.Count).</param>
    /// <exception cref="ArgumentException">No rows are given.</exception>
    public StandardisedDataset(IDataset dataset, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (rows.IsEmpty)
        {
            throw new ArgumentException("At least one row is needed to standardise from.", nameof(rows));
        }

        _dataset = dataset;
        int width = dataset.FeatureCount;
        _mean = new double[width];
        _deviation = new double[width];
        var x = new float[width];
        foreach (int row in rows)
        {
            dataset.CopyFeatures(row, x);
            for (int j = 0; j < width; j++)
            {
                _mean[j] += x[j];
            }
        }

        for (int j = 0; j < width; j++)
        {
            _mean[j] /= rows.Length;
        }

        foreach (int row in rows)
        {
            dataset.CopyFeatures(row, x);
            for (int j = 0; j < width; j++)
            {
                double d = x[j] - _mean[j];
                _deviation[j] += d * d;
            }
        }

        for (int j = 0; j < width; j++)
        {
            double s = Math.Sqrt(_deviation[j] / rows.Length);
            // Rounding alone gives a constant column a tiny deviation; dividing by it would blow noise up to unit size.
            _deviation[j] = s > 1e-12 * Math.Abs(_mean[j]) ? s : 1;
        }
    }

    /// <inheritdoc/>
    public string Name => _dataset.Name;

    /// <inheritdoc/>
    public int Count => _dataset.Count;

    /// <inheritdoc/>
    public LearningTask Task => _dataset.Task;

    /// <inheritdoc/>
    public int FeatureCount => _mean.Length;

    /// <inheritdoc/>
    public void CopyFeatures(int index, Span<float> destination)
    {
        _dataset.CopyFeatures(index, destination);
        for (int j = 0; j < destination.Length; j++)
        {
            destination[j] = (float)((destination[j] - _mean[j]) / _deviation[j]);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The dataset gave a NaN or an infinity.</exception>
    public FeatureMatrix GetFeatures(ReadOnlySpan<int> indices)
    {
        var values = new float[checked(indices.Length * FeatureCount)];
        for (int i = 0; i < indices.Length; i++)
        {
            CopyFeatures(indices[i], values.AsSpan(i * FeatureCount, FeatureCount));
        }

        return new FeatureMatrix(values, indices.Length, FeatureCount);
    }

    /// <inheritdoc/>
    public Label GetLabel(int index) => _dataset.GetLabel(index);

    /// <inheritdoc/>
    public void SetLabel(int index, Label label) => _dataset.SetLabel(index, label);
}
