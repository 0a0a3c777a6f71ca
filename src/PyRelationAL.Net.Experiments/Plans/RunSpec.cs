namespace PyRelationAL.Experiments;

/// <summary>
/// One run of an experiment, as plain values: everything that decides its result, given the data and the version of the library. Two specs are equal when
/// all values are, so that a spec is the key under which a result is found again.
/// </summary>
public sealed record RunSpec
{
    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The start's name, such as <c>cold</c> or <c>warm:0.2</c>.</summary>
    public required string Start { get; init; }

    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Which fold is the test set, from 0.</summary>
    public required int Fold { get; init; }

    /// <summary>The number of folds k.</summary>
    public required int FoldCount { get; init; }

    /// <summary>The root of all randomness of this run. Runs that differ in nothing but the strategy begin with the same labelled items.</summary>
    public required long Seed { get; init; }

    /// <summary>The most queries; null for as many as the pool gives.</summary>
    public required int? Rounds { get; init; }

    /// <summary>Items labelled by each query.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Whether features are centred and scaled as the fold's training items have them.</summary>
    public required bool Standardise { get; init; }

    /// <summary>Whether the data are shuffled before they are divided into folds.</summary>
    public required bool Shuffle { get; init; }

    /// <summary>The scenario's name, such as <c>open-set 0.4, imbalance 0.2</c>; null for the plain problem.</summary>
    public string? Scenario { get; init; }

    /// <summary>The settings that this run shares with those it is averaged and compared with: the spec without strategy, fold and seed.</summary>
    internal RunSpec Setting => this with { Strategy = string.Empty, Fold = 0, Seed = 0 };

    /// <summary>The spec in short, for messages.</summary>
    /// <returns>For example <c>Iris/cold/LeastConfidence, fold 1 of 5, seed 0</c>.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Dataset}/{Start}/{(Scenario is null ? null : Scenario + "/")}{Strategy}, fold {Fold + 1} of {FoldCount}, seed {Seed}");
}
