namespace PyRelationAL.Datasets;

/// <summary>Every dataset of this package, by name.</summary>
public static class DatasetCatalogue
{
    /// <summary>All datasets: the shipped ones, then the generated ones, each in alphabetical order.</summary>
    public static IReadOnlyList<DatasetSource> All { get; } =
    [
        BreastCancer.Source,
        Concrete.Source,
        Diabetes.Source,
        DiabetesScaled.Source,
        Digits.Source,
        Glass.Source,
        Iris.Source,
        WineCultivars.Source,
        Checkerboard2x2.Source,
        Checkerboard4x4.Source,
        GaussianClouds.Source,
        GaussianUnbalanced.Source,
        RotatedCheckerboard2x2.Source,
        SynthClass1.Source,
        SynthClass2.Source,
        SynthClass3.Source,
        SynthReg1.Source,
        SynthReg2.Source,
    ];

    /// <summary>Finds a dataset.</summary>
    /// <param name="name">Its name, in any letter case.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest name and lists all.</exception>
    public static DatasetSource Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (All.FirstOrDefault(source => source.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        string[] known = [.. All.Select(source => source.Name)];
        throw new ArgumentException(
            $"There is no dataset '{name}'.{NearestName.Suggestion(name, known)} The datasets are {string.Join(", ", known)}.", nameof(name));
    }
}
