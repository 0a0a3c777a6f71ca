namespace PyRelationAL.Datasets;

/// <summary>Iris: 150 flowers, length and width of sepals and petals in centimetres; three species of 50 rows each.</summary>
public static class Iris
{
    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(Iris),
            Task = LearningTask.Classification(["setosa", "versicolor", "virginica"]),
            Rows = 150,
            Features = 4,
            Licence = "CC BY 4.0",
            Citation = "R. A. Fisher (1936). The use of multiple measurements in taxonomic problems. Annals of Eugenics 7. UCI Machine Learning Repository.",
            Origin = ShippedTable.DebianSklearn,
            Notes = "Rows are sorted by class.",
        },
        "Iris",
        ShippedTable.NumberedClasses);

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();
}
