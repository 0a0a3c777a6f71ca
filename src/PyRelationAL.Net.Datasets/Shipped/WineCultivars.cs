namespace PyRelationAL.Datasets;

/// <summary>Wine: 13 chemical analyses of 178 wines from three cultivars (59, 71 and 48 rows).</summary>
public static class WineCultivars
{
    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(WineCultivars),
            Task = LearningTask.Classification(["cultivar 1", "cultivar 2", "cultivar 3"]),
            Rows = 178,
            Features = 13,
            Licence = "CC BY 4.0",
            Citation = "S. Aeberhard, D. Coomans and O. de Vel (1992). Comparison of classifiers in high dimensional settings. "
                + "Tech. Rep. 92-02, James Cook University. Wine, UCI Machine Learning Repository.",
            Origin = ShippedTable.DebianSklearn,
            Notes = "Rows are sorted by class.",
        },
        "WineCultivars",
        ShippedTable.NumberedClasses);

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();
}
