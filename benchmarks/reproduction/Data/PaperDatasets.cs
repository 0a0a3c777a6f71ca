using PyRelationAL.Datasets;

namespace PyRelationAL.Reproduction.Data;

/// <summary>The datasets of the paper's tables 5 to 8, under the names that they have there.</summary>
internal static class PaperDatasets
{
    /// <summary>In the tables, not to be had: its feature files are not published as such any more.</summary>
    public const string Missing = "StriatumMini";

    private static readonly CsvOptions Classes = new() { Task = TaskKinds.Classification };

    private static readonly CsvOptions Values = new() { Task = TaskKinds.Regression };

    /// <summary>
    /// As PyRelationAL had them in May 2022: rows lost to headers, row ids and targets among the features, unseeded permutations, targets in single precision.
    /// </summary>
    /// <returns>The datasets that are to be had, in the order of the tables.</returns>
    public static IReadOnlyList<DatasetSource> AsPublished(DataFolder folder) => [.. Available(folder, new Dictionary<string, Entry>
    {
        ["UCIParkinsons"] = File("Parkinsons", Classes, permuted: true),
        ["UCIGlass"] = Built(name => Rows.Permuted(name, Glass.Load(paperCompatible: true))),
        ["UCISeeds"] = File("Seeds", Classes, lostRows: 1, permuted: true),
        ["GaussianClouds"] = Built(name => Rows.Renamed(name, GaussianClouds.Source)),
        ["Checkerboard2x2"] = File("Checkerboard2x2", Classes),
        ["Checkerboard4x4"] = File("Checkerboard4x4", Classes),
        ["BreastCancer"] = Built(name => Rows.Renamed(name, BreastCancer.Source)),
        ["SynthClass1"] = Built(name => Rows.Renamed(name, SynthClass1.Source, seed => SynthClass1.Generate(seed, paperCompatible: true))),
        ["SynthClass2"] = Built(name => Rows.Renamed(name, SynthClass2.Source, seed => SynthClass2.Generate(seed, paperCompatible: true))),
        ["SynthReg1"] = File("SynthReg1", Values),
        ["SynthReg2"] = Built(name => Rows.Renamed(name, SynthReg2.Source)),
        ["UCIConcrete"] = File("Concrete", Values, permuted: true),
        ["UCIEnergy"] = File("Energy", Values, permuted: true),
        ["UCIPower"] = File("Power", Values, permuted: true),
        ["WineQuality"] = File("WineQualityRed", Values, lostRows: 1, permuted: true),
        ["UCIYacht"] = File("Yacht", Values, lostRows: 2, permuted: true),
        ["UCIAirfoil"] = File("Airfoil", Values, lostRows: 1, permuted: true),
        ["Diabetes"] = Built(name => Rows.Renamed(name, DiabetesScaled.Source, _ => EarlyDiabetes.Load())),
    }).Select(Rows.WithSingleTargets)];

    /// <summary>As their publishers have them: every row, no row id, and of Energy's two targets only the one to predict.</summary>
    /// <returns>The datasets that are to be had, in the order of the tables.</returns>
    public static IReadOnlyList<DatasetSource> AsItShouldBe(DataFolder folder) => Available(folder, new Dictionary<string, Entry>
    {
        ["UCIParkinsons"] = File("Parkinsons", Classes),
        ["UCIGlass"] = Built(name => Rows.Renamed(name, Glass.Source)),
        ["UCISeeds"] = File("Seeds", Classes),
        ["GaussianClouds"] = Built(name => Rows.Renamed(name, GaussianClouds.Source)),
        ["Checkerboard2x2"] = File("Checkerboard2x2", Classes),
        ["Checkerboard4x4"] = File("Checkerboard4x4", Classes),
        ["BreastCancer"] = Built(name => Rows.Renamed(name, BreastCancer.Source)),
        ["SynthClass1"] = Built(name => Rows.Renamed(name, SynthClass1.Source, seed => SynthClass1.Generate(seed, paperCompatible: true))),
        ["SynthClass2"] = Built(name => Rows.Renamed(name, SynthClass2.Source, seed => SynthClass2.Generate(seed, paperCompatible: true))),
        ["SynthReg1"] = File("SynthReg1", Values),
        ["SynthReg2"] = Built(name => Rows.Renamed(name, SynthReg2.Source)),
        ["UCIConcrete"] = File("Concrete", Values),
        ["UCIEnergy"] = File("Energy", Values with { IgnoredColumns = ["Y1_heating_load"] }),
        ["UCIPower"] = File("Power", Values),
        ["WineQuality"] = File("WineQualityRed", Values),
        ["UCIYacht"] = File("Yacht", Values),
        ["UCIAirfoil"] = File("Airfoil", Values),
        ["Diabetes"] = Built(name => Rows.Renamed(name, Diabetes.Source)),
    });

    private static DatasetSource[] Available(DataFolder folder, Dictionary<string, Entry> entries) =>
        [.. entries.Where(e => e.Value.File is null || folder.Has(e.Value.File)).Select(e => e.Value.Create(folder, e.Key))];

    private static Entry File(string file, CsvOptions options, int lostRows = 0, bool permuted = false) =>
        new(file, (folder, name) => folder.Source(name, file, options, lostRows, permuted));

    private static Entry Built(Func<string, DatasetSource> create) => new(null, (_, name) => create(name));

    /// <summary>How to get a dataset; <c>File</c> is what it needs of the folder, null where the library has it.</summary>
    private sealed record Entry(string? File, Func<DataFolder, string, DatasetSource> Create);
}
