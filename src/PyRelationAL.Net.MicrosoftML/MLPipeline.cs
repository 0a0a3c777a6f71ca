using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Fits an estimator to items and reads columns of what it makes of others.</summary>
internal sealed class MLPipeline(
    IModelManager owner, Func<MLContext, int, IEstimator<ITransformer>> createEstimator, MLModelOptions options, LabelEncoding encoding)
{
    private ITransformer? _transformer;
    private int[] _classes = [];

    /// <summary>The transformer that fitting gave.</summary>
    public ITransformer Transformer => ModelGuard.Trained(owner, _transformer);

    /// <summary>Fits a new estimator in a new context: a context moves on with each fit, so a second fit in it would be another model.</summary>
    /// <exception cref="ModelTrainingException">ML.NET threw; its exception is inside.</exception>
    public void Fit(DatasetView labelled, int[] classes, RandomStream random, CancellationToken cancellationToken)
    {
        Reset();
        int seed = random.Child("ML.NET").NextInt32(int.MaxValue);
        var data = new DatasetDataView(labelled, encoding, classes, labelled: true, options, cancellationToken);
        _classes = classes;
        try
        {
            IEstimator<ITransformer> estimator = createEstimator(new MLContext(seed), seed)
                ?? throw new InvalidOperationException("The factory gave no estimator.");
            _transformer = estimator.Fit(data);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Trainers that read on threads of their own wrap a cancellation.
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelTrainingException($"{owner.GetType().Name}: ML.NET could not fit the estimator. {e.Message}", e);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            Reset();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The column that the fitted estimator writes, null where it writes none of this name.</summary>
    public DataViewSchema.Column? OutputColumn(DatasetView items, string name) =>
        Transformer.GetOutputSchema(Data(items.Slice(0, 0), CancellationToken.None).Schema).GetColumnOrNull(name);

    /// <summary>Reads a scalar column [N].</summary>
    /// <exception cref="ModelTrainingException">A value is NaN or infinite.</exception>
    public double[] ReadScalars(DatasetView items, string column, CancellationToken cancellationToken)
    {
        var values = new double[items.Count];
        Read<float>(items, column, cancellationToken, (row, value) => values[row] = Finite(value, items, row, column));
        return values;
    }

    /// <summary>Reads a vector column [N×width], row-major.</summary>
    /// <exception cref="ModelTrainingException">A value is NaN or infinite, or a row has another width.</exception>
    public double[] ReadVectors(DatasetView items, string column, int width, CancellationToken cancellationToken)
    {
        var values = new double[checked(items.Count * width)];
        Read<VBuffer<float>>(items, column, cancellationToken, (row, buffer) =>
        {
            if (buffer.Length != width)
            {
                throw new ModelTrainingException(Guard.Text(
                    $"{owner.GetType().Name}: column '{column}' has {buffer.Length} values for item {items.Indices[row]}, not {width}."));
            }

            foreach (KeyValuePair<int, float> slot in buffer.Items())
            {
                values[(row * width) + slot.Key] = Finite(slot.Value, items, row, column);
            }
        });
        return values;
    }

    public void Reset()
    {
        (_transformer as IDisposable)?.Dispose();
        _transformer = null;
    }

    private DatasetDataView Data(DatasetView items, CancellationToken cancellationToken) =>
        new(items, encoding, _classes, labelled: false, options, cancellationToken);

    /// <summary>One pass over all rows: a transform of one row costs as much as hundreds in a block. No prediction engine, which is not safe for
    /// threads.</summary>
    private void Read<T>(DatasetView items, string column, CancellationToken cancellationToken, Action<int, T> write)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IDataView output = Transformer.Transform(Data(items, cancellationToken));
        DataViewSchema.Column read = output.Schema[column];
        using DataViewRowCursor cursor = output.GetRowCursor([read]);
        ValueGetter<T> getter = cursor.GetGetter<T>(read);
        T value = default!;
        int row = 0;
        for (; cursor.MoveNext(); row++)
        {
            getter(ref value);
            write(row, value);
        }

        if (row != items.Count)
        {
            throw new ModelTrainingException(Guard.Text(
                $"{owner.GetType().Name}: the estimator made {row} rows of {items.Count}; it must keep every row and add none."));
        }
    }

    private double Finite(float value, DatasetView items, int row, string column) => float.IsFinite(value)
        ? value
        : throw new ModelTrainingException(Guard.Text(
            $"{owner.GetType().Name}: column '{column}' has {value} for item {items.Indices[row]}. The trainer broke down, or the items lie far off."));
}
