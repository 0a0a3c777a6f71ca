using System.Numerics.Tensors;

namespace PyRelationAL.Reproduction.Models;

/// <summary>The kernel σ² exp(−‖x − x′‖²/(2 ℓ²)) between one item of a dataset and all of them.</summary>
internal sealed class RbfRows
{
    private readonly double _exponent;
    private readonly double[][] _columns;
    private readonly int _count;

    /// <param name="dataset">The dataset.</param>
    /// <param name="variance">σ².</param>
    /// <param name="lengthScale">ℓ.</param>
    public RbfRows(IDataset dataset, double variance = 1, double lengthScale = 1)
    {
        Dataset = dataset;
        Variance = variance;
        _exponent = -0.5 / (lengthScale * lengthScale);
        _count = dataset.Count;
        FeatureMatrix features = DatasetView.All(dataset).Features;
        _columns = [.. Enumerable.Range(0, features.ColumnCount).Select(j => Enumerable.Range(0, _count).Select(i => (double)features.Row(i)[j]).ToArray())];
    }

    /// <summary>The dataset.</summary>
    public IDataset Dataset { get; }

    /// <summary>σ².</summary>
    public double Variance { get; }

    /// <summary>Writes the covariances of an item with every item.</summary>
    public void WriteRow(int item, Span<double> row)
    {
        row.Clear();
        double[] difference = new double[_count];
        foreach (double[] column in _columns)
        {
            TensorPrimitives.Subtract<double>(column, column[item], difference);
            TensorPrimitives.MultiplyAdd<double>(difference, difference, row, row);
        }

        TensorPrimitives.Multiply(row, _exponent, row);
        for (int i = 0; i < row.Length; i++)
        {
            // Not a vectorised exponential: those flush what is below 1e-308 to 0, and the sign of such numbers decides classes here.
            row[i] = Variance * Math.Exp(row[i]);
        }
    }
}
