namespace PyRelationAL.Datasets;

/// <summary>
/// What to do with a feature that a CSV file leaves empty. Text columns have no mean: there, each way of imputing takes the most frequent text.
/// </summary>
/// <remarks>Means and medians are taken over all rows of the file, before it is divided into training and test rows.</remarks>
public enum MissingValues
{
    /// <summary>A missing value is an error that names its line and column.</summary>
    Refuse = 0,

    /// <summary>A missing value becomes the mean of its column.</summary>
    ImputeMean,

    /// <summary>A missing value becomes the median of its column; of two middle values, their mean.</summary>
    ImputeMedian,

    /// <summary>A missing value becomes the most frequent value of its column; of several, the smallest.</summary>
    ImputeMostFrequent,

    /// <summary>Rows with a missing feature are left out.</summary>
    DropRow,
}
