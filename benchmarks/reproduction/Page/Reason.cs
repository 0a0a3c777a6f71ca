using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Paper;

namespace PyRelationAL.Reproduction.Page;

/// <summary>Why a number of ours is not the paper's: a letter for the tables, and a sentence below them.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Text">The sentence.</param>
internal sealed record Reason(char Letter, string Text)
{
    private static readonly Reason NotToBeHad = new(
        'a',
        "StriatumMini's feature files are not to be had. The paper's 0.4980 ± 0.0000 in all ten cells is 0.5 · 250/251: one class in every round.");

    private static readonly Reason Draws = new('b', "Random queries were not seeded: ours are another draw.");

    private static readonly Reason Permutation = new(
        'c', "The loader permuted the rows without a seed, so that the paper's folds, starts and test sets are others than ours.");

    private static readonly Reason Sample = new('d', "The data were generated without a seed: ours are another sample of the same law.");

    private static readonly Reason Clouds = new(
        'e', "The two clouds themselves were drawn without a seed, and the paper's overlapped far more than ours: nothing but the task is the same.");

    private static readonly Reason ColdStart = new(
        'f', "The cold start of classification was not seeded, and each strategy had one of its own; ours is one draw for all strategies.");

    private static readonly Reason Ties = new(
        'g',
        "Many candidates have equal scores, to the last bit or nearly, and which of them is queried decides the cell. On BreastCancer, warm, least confidence, the rule "
        + "that gives SynthReg1's cells gives 0.9007 (as a plain loop of scikit-learn 1.2 and PyTorch 1.13 does; 0.9020 in single precision), the first of equals 0.8761, "
        + "the last 0.9052; the paper has 0.9043. We could not tell its rule.");

    /// <summary>All reasons, in the order of their letters.</summary>
    public static IReadOnlyList<Reason> All { get; } = [NotToBeHad, Draws, Permutation, Sample, Clouds, ColdStart, Ties];

    /// <summary>The main reason for a cell.</summary>
    public static Reason For(PaperCell cell) => cell.Key switch
    {
        { Dataset: PaperDatasets.Missing } => NotToBeHad,
        { Dataset: "GaussianClouds" } => Clouds,
        { Dataset: "SynthClass1" or "SynthClass2" or "SynthReg2" } => Sample,
        { Dataset: "WineQuality" } or { Dataset: ['U', 'C', 'I', ..] } => Permutation,
        { Strategy: "RandomAcquisition" } => Draws,
        { Start: "cold" } when cell.Task == TaskKinds.Classification => ColdStart,
        _ => Ties,
    };
}
