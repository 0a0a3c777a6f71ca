namespace PyRelationAL.Datasets;

/// <summary>
/// Progression of diabetes in 442 patients one year after ten measurements: age, sex, body mass index, blood pressure and six of the blood serum.
/// </summary>
/// <remarks><see cref="DiabetesScaled"/> has the same rows with scaled features.</remarks>
public static class Diabetes
{
    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(Diabetes),
            Task = LearningTask.Regression,
            Rows = 442,
            Features = 10,
            Licence = DiabetesScaled.SharedLicence,
            Citation = DiabetesScaled.SharedCitation,
            Origin = ShippedTable.DebianSklearn,
            Notes = "Features in their own units (sex is 1 or 2); DiabetesScaled has them as scikit-learn and PyRelationAL do.",
        },
        "Diabetes",
        ShippedTable.Values);

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();
}
