namespace PyRelationAL.Datasets;

/// <summary>Handwritten digits: 1797 images of 8×8 pixels with values 0 to 16, row by row; ten classes of 174 to 183 rows.</summary>
public static class Digits
{
    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(Digits),
            Task = LearningTask.Classification(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
            Rows = 1797,
            Features = 64,
            Licence = "CC BY 4.0",
            Citation = "E. Alpaydin and C. Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning Repository.",
            Origin = ShippedTable.DebianSklearn,
            Notes = "The test part of the UCI data only (1797 of 5620 rows), as in scikit-learn.",
        },
        "Digits",
        ShippedTable.NumberedClasses);

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();
}
