using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Paper;

namespace PyRelationAL.Reproduction.Page;

/// <summary>Why a number of ours is not the paper's: a letter for the tables, and a sentence below them.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Text">The sentence.</param>
/// <param name="IsChance">Whether other seeds give other numbers, so that draws can check it.</param>
internal sealed record Reason(char Letter, string Text, bool IsChance = true)
{
    private static readonly Reason NotToBeHad = new(
        'a',
        "StriatumMini's feature files are not to be had. The paper's 0.4980 ± 0.0000 in all ten cells is 0.5 · 250/251: one class in every round.",
        IsChance: false);

    private static readonly Reason Draws = new('b', "Random queries were not seeded: ours are another draw.");

    private static readonly Reason Permutation = new(
        'c', "The loader permuted the rows without a seed, so that the paper's folds, starts and test sets are others than ours.");

    private static readonly Reason Sample = new('d', "The data were generated without a seed: ours are another sample of the same law.");

    private static readonly Reason Clouds = new(
        'e', "The two clouds themselves were drawn without a seed, and the paper's overlapped far more than ours: nothing but the task is the same.");

    private static readonly Reason ColdStart = new(
        'f', "The cold start of classification was not seeded, and each strategy had one of its own; ours is one draw for all strategies.");

    /// <summary>What is left where nothing was left to chance.</summary>
    public static Reason Unknown { get; } = new('g', "Nothing was left to chance, and we could not tell why the numbers differ.", IsChance: false);

    /// <summary>All reasons, in the order of their letters.</summary>
    public static IReadOnlyList<Reason> All { get; } = [NotToBeHad, Draws, Permutation, Sample, Clouds, ColdStart, Unknown];

    /// <summary>The main reason for a cell.</summary>
    public static Reason For(PaperCell cell) => cell.Key switch
    {
        { Dataset: PaperDatasets.Missing } => NotToBeHad,
        { Dataset: "GaussianClouds" } => Clouds,
        { Dataset: "SynthClass1" or "SynthClass2" or "SynthReg2" } => Sample,
        { Dataset: "WineQuality" } or { Dataset: ['U', 'C', 'I', ..] } => Permutation,
        { Strategy: "RandomAcquisition" } => Draws,
        { Start: "cold" } when cell.Task == TaskKinds.Classification => ColdStart,
        _ => Unknown,
    };
}
