namespace PyRelationAL.Datasets;

/// <summary>
/// Breast Cancer Wisconsin (Diagnostic): 569 cell samples, 30 measurements of cell nuclei; malignant (class 0, 212 rows) or benign (class 1, 357 rows).
/// </summary>
public static class BreastCancer
{
    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(BreastCancer),
            Task = LearningTask.Classification(["malignant", "benign"]),
            Rows = 569,
            Features = 30,
            Licence = "CC BY 4.0",
            Citation = "W. N. Street, W. H. Wolberg and O. L. Mangasarian (1993). Breast Cancer Wisconsin (Diagnostic). UCI Machine Learning Repository.",
            Origin = ShippedTable.DebianSklearn,
            Notes = "Class 0 is malignant, as in scikit-learn: the opposite of the usual positive class.",
        },
        "BreastCancer",
        ShippedTable.NumberedClasses);

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();
}
