using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Covariance;

/// <summary>Training rows against a block of other rows. Keeps their squared distances, which several kernels share.</summary>
internal sealed class CrossInputs
{
    private readonly double[] _columns;
    private double[]? _squaredDistances;

    public CrossInputs(TrainingInputs training, FeatureMatrix block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (training.FeatureCount != block.ColumnCount)
        {
            throw new ArgumentException(Numerics.Guard.Text(
                $"The rows have {block.ColumnCount} features; those the covariance is taken with have {training.FeatureCount}."), nameof(block));
        }

        Training = training;
        Count = block.RowCount;
        Width = RowTile.Aligned(Count);
        _columns = TrainingInputs.Transposed(block, Width);
    }

    private CrossInputs(TrainingInputs training, CrossInputs block)
    {
        Training = training;
        Count = block.Count;
        Width = block.Width;
        _columns = block._columns;
    }

    public TrainingInputs Training { get; }

    /// <summary>The number of rows of the block.</summary>
    public int Count { get; }

    /// <summary>The number of columns of everything computed from this block: the number of rows, padded with rows of zeros.</summary>
    public int Width { get; }

    /// <summary>Squared distances [training × width].</summary>
    public ReadOnlySpan<double> SquaredDistances
    {
        get
        {
            if (_squaredDistances is null)
            {
                var distances = new double[checked(Training.Count * Width)];
                Write(Training.Columns, _columns, distances);
                _squaredDistances = distances;
            }

            return _squaredDistances;
        }
    }

    /// <summary>The same block against other training rows.</summary>
    public CrossInputs With(TrainingInputs training) => new(training, this);

    /// <summary>Squared distances after each feature has been divided by its length scale.</summary>
    public void WriteScaledDistances(ReadOnlySpan<double> lengthScales, Span<double> destination) => Write(
        TrainingInputs.Scaled(Training.Columns, Training.Count, lengthScales), TrainingInputs.Scaled(_columns, Width, lengthScales), destination);

    private void Write(ReadOnlySpan<double> trainingColumns, ReadOnlySpan<double> blockColumns, Span<double> destination)
    {
        if (trainingColumns.IsEmpty)
        {
            destination.Clear();
            return;
        }

        for (int i = 0; i < Training.Count; i++)
        {
            Covariance.SquaredDistances.Write(blockColumns, Width, trainingColumns[i..], Training.Count, destination.Slice(i * Width, Width));
        }
    }
}
