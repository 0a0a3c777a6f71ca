using PyRelationAL.Datasets;

namespace PyRelationAL.Reproduction.Data;

/// <summary>The datasets of the paper's tables 5 to 8, under the names that they have there, from the library's loaders.</summary>
internal static class PaperDatasets
{
    /// <summary>In the tables, not to be had: its feature files are not published as such any more.</summary>
    public const string Missing = "StriatumMini";

    private delegate DatasetSource? Entry(DataFolder folder, string name);

    /// <summary>
    /// As PyRelationAL had them in May 2022: rows lost to headers, row ids and targets among the features, unseeded permutations, targets in single precision.
    /// </summary>
    /// <returns>The datasets that are to be had, in the order of the tables.</returns>
    public static IReadOnlyList<DatasetSource> AsPublished(DataFolder folder) => [.. Available(folder, new Dictionary<string, Entry>
    {
        ["UCIParkinsons"] = Downloaded(Parkinsons.Source, cache => Parkinsons.Load(cache: cache), permuted: true),
        ["UCIGlass"] = Built(name => Rows.Of(name, Glass.Load(paperCompatible: true), permuted: true)),
        ["UCISeeds"] = Downloaded(Seeds.Source, cache => Seeds.Load(cache: cache), lostRows: 1, permuted: true),
        ["GaussianClouds"] = Built(name => Rows.Renamed(name, GaussianClouds.Source)),
        ["Checkerboard2x2"] = Downloaded(LalCheckerboard2x2.Source, LalCheckerboard2x2.Load),
        ["Checkerboard4x4"] = Downloaded(LalCheckerboard4x4.Source, LalCheckerboard4x4.Load),
        ["BreastCancer"] = Built(name => Rows.Renamed(name, BreastCancer.Source)),
        ["SynthClass1"] = Built(name => Rows.Renamed(name, SynthClass1.Source, seed => SynthClass1.Generate(seed, paperCompatible: true))),
        ["SynthClass2"] = Built(name => Rows.Renamed(name, SynthClass2.Source, seed => SynthClass2.Generate(seed, paperCompatible: true))),
        ["SynthReg1"] = PaperSample,
        ["SynthReg2"] = Built(name => Rows.Renamed(name, SynthReg2.Source)),
        ["UCIConcrete"] = Downloaded(ConcreteUnrounded.Source, cache => ConcreteUnrounded.Load(cache: cache), permuted: true),
        ["UCIEnergy"] = Downloaded(Energy.Source, CoolingLoad.LoadWithHeatingLoad, permuted: true),
        ["UCIPower"] = Downloaded(Power.Source, Power.Load, permuted: true),
        ["WineQuality"] = Downloaded(WineQualityRed.Source, cache => WineQualityRed.Load(cache: cache), lostRows: 1, permuted: true),
        ["UCIYacht"] = Downloaded(Yacht.Source, cache => Yacht.Load(cache: cache), lostRows: 2, permuted: true),
        ["UCIAirfoil"] = Downloaded(Airfoil.Source, cache => Airfoil.Load(cache: cache), lostRows: 1, permuted: true),
        ["Diabetes"] = Built(name => Rows.Renamed(name, DiabetesScaled.Source, _ => EarlyDiabetes.Load())),
    }).Select(Rows.WithSingleTargets)];

    /// <summary>As their publishers have them: every row, no row id, and of Energy's two targets only the one to predict.</summary>
    /// <returns>The datasets that are to be had, in the order of the tables.</returns>
    public static IReadOnlyList<DatasetSource> AsItShouldBe(DataFolder folder) => Available(folder, new Dictionary<string, Entry>
    {
        ["UCIParkinsons"] = Downloaded(Parkinsons.Source, cache => Parkinsons.Load(cache: cache)),
        ["UCIGlass"] = Built(name => Rows.Renamed(name, Glass.Source)),
        ["UCISeeds"] = Downloaded(Seeds.Source, cache => Seeds.Load(cache: cache)),
        ["GaussianClouds"] = Built(name => Rows.Renamed(name, GaussianClouds.Source)),
        ["Checkerboard2x2"] = Downloaded(LalCheckerboard2x2.Source, LalCheckerboard2x2.Load),
        ["Checkerboard4x4"] = Downloaded(LalCheckerboard4x4.Source, LalCheckerboard4x4.Load),
        ["BreastCancer"] = Built(name => Rows.Renamed(name, BreastCancer.Source)),
        ["SynthClass1"] = Built(name => Rows.Renamed(name, SynthClass1.Source, seed => SynthClass1.Generate(seed, paperCompatible: true))),
        ["SynthClass2"] = Built(name => Rows.Renamed(name, SynthClass2.Source, seed => SynthClass2.Generate(seed, paperCompatible: true))),
        ["SynthReg1"] = PaperSample,
        ["SynthReg2"] = Built(name => Rows.Renamed(name, SynthReg2.Source)),
        ["UCIConcrete"] = Downloaded(ConcreteUnrounded.Source, cache => ConcreteUnrounded.Load(cache: cache)),
        ["UCIEnergy"] = Downloaded(Energy.Source, CoolingLoad.Load),
        ["UCIPower"] = Downloaded(Power.Source, Power.Load),
        ["WineQuality"] = Downloaded(WineQualityRed.Source, cache => WineQualityRed.Load(cache: cache)),
        ["UCIYacht"] = Downloaded(Yacht.Source, cache => Yacht.Load(cache: cache)),
        ["UCIAirfoil"] = Downloaded(Airfoil.Source, cache => Airfoil.Load(cache: cache)),
        ["Diabetes"] = Built(name => Rows.Renamed(name, Diabetes.Source)),
    });

    private static DatasetSource[] Available(DataFolder folder, Dictionary<string, Entry> entries) =>
        [.. entries.Select(entry => entry.Value(folder, entry.Key)).OfType<DatasetSource>()];

    // SynthReg1.Generate draws other samples of the same law; the paper's is one of scikit-learn's generator.
    private static DatasetSource? PaperSample(DataFolder folder, string name) =>
        folder.TryReadCsv("SynthReg1", new CsvOptions { Task = TaskKinds.Regression }) is { } data ? Rows.Of(name, data) : null;

    private static Entry Built(Func<string, DatasetSource> create) => (_, name) => create(name);

    private static Entry Downloaded(DatasetSource source, Func<DatasetCache, InMemoryDataset> load, int lostRows = 0, bool permuted = false) =>
        (folder, name) => folder.TryFind(source.Info) is { } cache ? Rows.Of(name, load(cache), lostRows, permuted) : null;
}
