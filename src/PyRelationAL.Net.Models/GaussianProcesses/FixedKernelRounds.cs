using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// What the rounds of a run share where the kernel stays as it is: the factor, to which newly labelled rows are appended, and what is solved for the items
/// predicted. A round costs O(n²) and O(n) for each item. Nothing here changes a bit of any result.
/// </summary>
internal sealed class FixedKernelRounds(IDataset dataset)
{
    private const int ItemsTogether = 512;

    // 256 MB. More items than that are predicted anew each round.
    private const long MostValues = 32 << 20;

    private readonly Dictionary<int, (SolvedItems Items, int Position)> _places = [];
    private readonly List<SolvedItems> _items = [];
    private FeatureMatrix? _rows;
    private CholeskyFactor? _factor;

    public IDataset Dataset => dataset;

    /// <summary>The factor with the rows appended that are new; null where the rows are not those of the last round and more, or cannot be appended.</summary>
    public CholeskyFactor? Extended(TrainingInputs inputs, FeatureMatrix rows, Kernel kernel, double jitter)
    {
        int known = _rows?.RowCount ?? 0;
        if (_factor is null || rows.ColumnCount != _rows!.ColumnCount || rows.RowCount < known || !rows.Values.StartsWith(_rows.Values))
        {
            return null;
        }

        CholeskyFactor factor = _factor;
        _factor = null;
        for (int i = known; i < rows.RowCount; i++)
        {
            FeatureMatrix row = rows.Slice(i, 1);
            var cross = new CrossInputs(inputs, row);
            var covariances = new double[inputs.Count * cross.Width];
            kernel.EvaluateCross(cross, covariances);
            var column = new double[i];
            for (int j = 0; j < i; j++)
            {
                column[j] = covariances[j * cross.Width];
            }

            if (!factor.TryAppend(column, kernel.Matrix(row)[0] + jitter))
            {
                return null;
            }
        }

        (_rows, _factor) = (rows, factor);
        return factor;
    }

    /// <summary>Begins with a factor that has nothing to do with the one before; without one the next round begins anew too.</summary>
    public void Begin(FeatureMatrix rows, CholeskyFactor? factor)
    {
        (_rows, _factor) = (rows, factor);
        Forget();
    }

    /// <summary>Means and variances of a view's items; false where they are not this run's, or too many.</summary>
    public bool TryPredict(
        GaussianPosterior posterior, DatasetView view, Span<double> mean, Span<double> variance, int threads, CancellationToken cancellationToken)
    {
        if (view.Dataset != dataset || (long)view.Count * posterior.RowCount > MostValues)
        {
            return false;
        }

        FeatureMatrix features = view.Features;
        List<int> unknown = [];
        for (int i = 0; i < view.Count; i++)
        {
            if (!_places.TryGetValue(view.Indices[i], out var place) || !place.Items.Features(place.Position).SequenceEqual(features.Row(i)))
            {
                unknown.Add(i);
            }
        }

        if ((long)(_places.Count + unknown.Count) * posterior.RowCount > MostValues)
        {
            Forget();
            unknown = [.. Enumerable.Range(0, view.Count)];
        }

        foreach (int[] together in unknown.Chunk(ItemsTogether))
        {
            var items = new SolvedItems(posterior, features.SelectRows(together));
            _items.Add(items);
            for (int i = 0; i < together.Length; i++)
            {
                _places[view.Indices[together[i]]] = (items, i);
            }
        }

        Blocks.ForEach(_items.Count, threads, cancellationToken, (i, _) => _items[i].Update(posterior), blockRows: 1);
        for (int i = 0; i < view.Count; i++)
        {
            (SolvedItems items, int position) = _places[view.Indices[i]];
            mean[i] = items.Mean(position);
            variance[i] = items.Variance(position);
        }

        return true;
    }

    private void Forget()
    {
        _places.Clear();
        _items.Clear();
    }
}
