using System.Numerics.Tensors;

namespace PyRelationAL.Reproduction.Models;

/// <summary>The kernel of the paper's tables, 1.0 · exp(−‖x − x′‖²/2), between one item of a dataset and all of them.</summary>
internal sealed class UnitKernel
{
    private readonly double[][] _columns;
    private readonly int _count;

    public UnitKernel(IDataset dataset)
    {
        Dataset = dataset;
        _count = dataset.Count;
        FeatureMatrix features = DatasetView.All(dataset).Features;
        _columns = [.. Enumerable.Range(0, features.ColumnCount).Select(j => Enumerable.Range(0, _count).Select(i => (double)features.Row(i)[j]).ToArray())];
    }

    /// <summary>The dataset.</summary>
    public IDataset Dataset { get; }

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

        TensorPrimitives.Multiply(row, -0.5, row);
        for (int i = 0; i < row.Length; i++)
        {
            // Not a vectorised exponential: those flush what is below 1e-308 to 0, and the sign of such numbers decides classes here.
            row[i] = Math.Exp(row[i]);
        }
    }
}
