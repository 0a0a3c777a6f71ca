namespace PyRelationAL.Datasets;

/// <summary>Compressive strength in MPa of 1030 mixtures of concrete, from seven ingredients in kg/m³ and the age in days.</summary>
/// <remarks>A rounded copy: values differ from the publisher's spreadsheet by up to 0.05 (ingredients) and 0.005 (strength).</remarks>
public static class Concrete
{
    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(Concrete),
            Task = LearningTask.Regression,
            Rows = 1030,
            Features = 8,
            Licence = "CC BY 4.0",
            Citation = "I.-C. Yeh (1998). Modeling of strength of high-performance concrete using artificial neural networks. "
                + "Cement and Concrete Research 28(12). UCI Machine Learning Repository.",
            Origin = "Debian package r-cran-modeldata 1.1.0-1",
            Notes = "Rounded: ingredients to one decimal, strength to two. The publisher's spreadsheet, which PyRelationAL reads, has more digits.",
        },
        "Concrete",
        ShippedTable.Values);

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();
}
