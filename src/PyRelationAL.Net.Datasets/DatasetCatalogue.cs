using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>Every dataset of this package, by name; but for <see cref="TinyImageNet"/>, which needs a decoder of the caller's.</summary>
public static class DatasetCatalogue
{
    private static readonly Dictionary<string, DatasetSource> PaperCompatible = new(StringComparer.Ordinal)
    {
        [nameof(BreastCancer)] = BreastCancer.Source,
        [nameof(Concrete)] = ConcreteUnrounded.PaperCompatible,
        [nameof(Diabetes)] = DiabetesScaled.Source,
        [nameof(DiabetesScaled)] = DiabetesScaled.Source,
        [nameof(Digits)] = Digits.Source,
        [nameof(Glass)] = Glass.PaperCompatible,
        [nameof(Checkerboard2x2)] = LalCheckerboard2x2.Source,
        [nameof(Checkerboard4x4)] = LalCheckerboard4x4.Source,
        [nameof(Airfoil)] = Airfoil.PaperCompatible,
        [nameof(ConcreteUnrounded)] = ConcreteUnrounded.PaperCompatible,
        [nameof(CreditCard)] = CreditCard.Source,
        [nameof(Energy)] = Energy.PaperCompatible,
        [nameof(FashionMNIST)] = FashionMNIST.Source,
        [nameof(LalCheckerboard2x2)] = LalCheckerboard2x2.Source,
        [nameof(LalCheckerboard4x4)] = LalCheckerboard4x4.Source,
        [nameof(MNIST)] = MNIST.PaperCompatible,
        [nameof(Parkinsons)] = Parkinsons.PaperCompatible,
        [nameof(Power)] = Power.Source,
        [nameof(Seeds)] = Seeds.PaperCompatible,
        [nameof(StriatumMini)] = StriatumMini.Source,
        [nameof(WineQualityRed)] = WineQualityRed.PaperCompatible,
        [nameof(Yacht)] = Yacht.PaperCompatible,
    };

    /// <summary>All datasets: the shipped ones, then the generated ones, then those that are downloaded, each in alphabetical order.</summary>
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
        AGNews.Source,
        Airfoil.Source,
        CIFAR10.Source,
        CIFAR100.Source,
        ConcreteUnrounded.Source,
        CreditCard.Source,
        Energy.Source,
        FashionMNIST.Source,
        LalCheckerboard2x2.Source,
        LalCheckerboard4x4.Source,
        MNIST.Source,
        Parkinsons.Source,
        Power.Source,
        Seeds.Source,
        SST5.Source,
        StriatumMini.Source,
        SVHN.Source,
        TREC6.Source,
        WineQualityRed.Source,
        Yacht.Source,
        YelpReviewFull.Source,
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
        throw new ArgumentException(NearestName.UnknownMessage("dataset", name, known), nameof(name));
    }

    /// <summary>
    /// Finds the data that PyRelationAL (version 1.0.2) has where it has a dataset of this name: without the records that its loader loses, with the columns
    /// that it mistakes for features, in the order that it draws; only to compare with its results. What differs is in the notes of the data's
    /// <see cref="DatasetInfo"/>; a name that ends with "(paper)" says that something does.
    /// </summary>
    /// <param name="name">The dataset's name, in any letter case.</param>
    /// <returns>The data; the dataset itself where PyRelationAL has the same.</returns>
    /// <exception cref="ArgumentException">There is none of that name, or PyRelationAL's data cannot be had.</exception>
    public static DatasetSource FindPaperCompatible(string name)
    {
        string found = Find(name).Name;
        return PaperCompatible.TryGetValue(found, out DatasetSource? source)
            ? source
            : throw new ArgumentException(
                $"There is no paper-compatible '{found}': PyRelationAL does not have it, or draws it from generators that are not reproduced. "
                    + $"There is one of {string.Join(", ", PaperCompatible.Keys)}.",
                nameof(name));
    }
}
